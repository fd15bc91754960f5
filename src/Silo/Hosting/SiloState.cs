namespace ClawGrains.Silo.Hosting;

/// <summary>The file that a single-machine host keeps its state in.</summary>
public static class SiloState
{
    private static ReadOnlySpan<byte> Header => "SQLite format 3\0"u8;

    /// <summary>Where it is.</summary>
    public static string PathOf(string dataDirectory) => Path.Combine(dataDirectory, "state.db");

    /// <summary>
    /// Looks at the file without opening it as a database, so that a running host is not disturbed (sqlite.org/fileformat,
    /// §1.3). Null where it looks well or is not there yet; else what is wrong.
    /// </summary>
    public static string? Problem(string dataDirectory)
    {
        var path = PathOf(dataDirectory);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var start = new byte[Header.Length];
            var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return read == 0 || start.AsSpan().SequenceEqual(Header) ? null : $"{path} is damaged or is no SQLite database";
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} can't be read: {e.Message}";
        }
    }
}
