using System.Globalization;

namespace ClawGrains.Embedded.Storage;

/// <summary>Keeps a second process from the database. The lock is the operating system's: it ends with the process, however that ends.</summary>
internal sealed class DatabaseLock : IDisposable
{
    private const int TriesWhileOwnerLives = 10;
    private const int TriesWhenOwnerIsGone = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    /// <exception cref="EmbeddedStorageException">Another process has it, or the directory can't be written.</exception>
    internal static async Task<DatabaseLock> TakeAsync(string path, CancellationToken token)
    {
        // The lock of a killed owner ends with its memory, which can be seconds after the kill; one that stops needs a moment.
        for (var tries = 0; !IsFree(path) && tries < (OwnerIsGone(path) ? TriesWhenOwnerIsGone : TriesWhileOwnerLives); tries++)
            await Task.Delay(Pause, TimeProvider.System, token).ConfigureAwait(false);
        return TakeNow(path);
    }

    private static DatabaseLock TakeNow(string path)
    {
        var file = path + ".lock";
        try
        {
            var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // The locked file can't be read by others on every system; the owner's id lies beside it.
            File.WriteAllText(OwnerFile(path), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(stream);
        }
        catch (IOException e) when (File.Exists(file))
        {
            throw new EmbeddedStorageException(path, $"{path} is in use by process {Owner(path)}. Stop that host, or use another data directory.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EmbeddedStorageException(path, $"{file} can't be opened for writing: {e.Message} Make the directory writable for this user, or use another data directory.", e);
        }
    }

    private static bool IsFree(string path)
    {
        try
        {
            new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Held, or not to be had at all, which TakeNow tells.
            return e is UnauthorizedAccessException;
        }
    }

    private static bool OwnerIsGone(string path)
    {
        if (!File.Exists(OwnerFile(path)) || !int.TryParse(Owner(path), CultureInfo.InvariantCulture, out var id)) return false;
        try
        {
            using var owner = System.Diagnostics.Process.GetProcessById(id);
            return owner.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string OwnerFile(string path) => path + ".lock.pid";

    private static string Owner(string path) => File.Exists(OwnerFile(path)) ? File.ReadAllText(OwnerFile(path)) : "(unknown)";
}
