using System.Globalization;

namespace ClawGrains.Embedded.Storage;

/// <summary>Keeps a second process from the database. The lock is the operating system's: it ends with the process, however that ends.</summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    internal static DatabaseLock Take(string path)
    {
        // The lock of a killed owner ends with it, which can be a moment after it is gone from the process list.
        for (var attempt = 0; attempt < 40 && OwnerIsGone(path); attempt++)
        {
            if (TryOpen(path)) break;
            Thread.Sleep(50);
        }
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

    private static bool TryOpen(string path)
    {
        try
        {
            new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None).Dispose();
            return true;
        }
        catch (IOException)
        {
            // Still held; the caller tries again, and what it is in the end is told by TakeNow.
            return false;
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
