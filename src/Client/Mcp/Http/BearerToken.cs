using System.Security.Cryptography;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>The bearer token of a host, made when it first starts and kept in its data directory.</summary>
internal static class BearerToken
{
    /// <summary>The name of the file below the data directory.</summary>
    public const string FileName = "token";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// The token kept in <paramref name="dataDirectory"/>; made (256 random bits, readable by the owner alone) where
    /// there is none.
    /// </summary>
    /// <exception cref="InvalidOperationException">The file is empty, or others than its owner may read it.</exception>
    public static string LoadOrCreate(string dataDirectory)
    {
        var path = PathOf(dataDirectory);
        if (!File.Exists(path)) Create(dataDirectory, path);
        return Read(dataDirectory)!;
    }

    /// <summary>Where the token of a data directory is kept.</summary>
    public static string PathOf(string dataDirectory) => Path.Combine(dataDirectory, FileName);

    /// <summary>The token kept in <paramref name="dataDirectory"/>, or null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The file is empty, or others than its owner may read it.</exception>
    public static string? Read(string dataDirectory)
    {
        var path = PathOf(dataDirectory);
        if (!File.Exists(path)) return null;
        RequireOwnerOnly(path);
        var token = File.ReadAllText(path).Trim();
        return token.Length > 0
            ? token
            : throw new InvalidOperationException($"{path} is empty. Delete it to have a new token made.");
    }

    private static void Create(string directory, string path)
    {
        Directory.CreateDirectory(directory);
        var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var writer = new StreamWriter(new FileStream(draft, options))) writer.WriteLine(token);
        // Where another process was first, its token is the one.
        NewFile.TryMove(draft, path);
    }

    private static void RequireOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerOnly) == 0) return;
        throw new InvalidOperationException(
            $"{path} is a secret that others may read (mode {Convert.ToString((int)mode, 8)}). "
            + $"Run 'chmod 600 {path}', or delete it to have a new token made.");
    }
}
