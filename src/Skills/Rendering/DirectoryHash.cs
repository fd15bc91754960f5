using System.Security.Cryptography;
using System.Text;

namespace ClawGrains.Skills.Rendering;

/// <summary>One hash for a whole skill directory.</summary>
public static class DirectoryHash
{
    /// <summary>
    /// SHA-256, lower-case hex, over every regular file in ordinal order of its path with <c>/</c>: the path in UTF-8, a zero
    /// byte, and the SHA-256 of the content. Times, modes, links and empty directories do not count; <c>.git</c> is left out.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Compute(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in SkillFiles.Enumerate(directory))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.RelativePath + "\0"));
            using var stream = File.OpenRead(file.FullPath);
            hash.AppendData(SHA256.HashData(stream));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
