using System.Globalization;

namespace ClawGrains.Embedded.Storage;

/// <summary>Keeps a second process from the database. The lock is the operating system's: it ends with the process, however that ends.</summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    internal static DatabaseLock Take(string path)
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

    public void Dispose() => _file.Dispose();

    private static string OwnerFile(string path) => path + ".lock.pid";

    private static string Owner(string path) => File.Exists(OwnerFile(path)) ? File.ReadAllText(OwnerFile(path)) : "(unknown)";
}
