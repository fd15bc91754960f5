using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Parsing;

/// <summary>Reads a <c>SKILL.md</c> from disk. The length is checked before a byte is read.</summary>
public static class SkillReader
{
    /// <summary>Largest file that is read: 1 MiB.</summary>
    public const int DefaultMaxFileBytes = 1 << 20;

    /// <summary>
    /// The document of a file; one that cannot be read or is longer than <paramref name="maxFileBytes"/> is an invalid document.
    /// </summary>
    public static SkillDocument Read(string filePath, int maxFileBytes = DefaultMaxFileBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        try
        {
            var info = new FileInfo(filePath);
            var length = (IsLink(info) ? info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info : info).Length;
            return length > maxFileBytes
                ? SkillParser.Unread(filePath, TooLarge(length, maxFileBytes))
                : SkillParser.Parse(ReadBytes(filePath, (int)length), filePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SkillParser.Unread(filePath, new SkillDiagnostic(SkillCodes.Unreadable, $"the file cannot be read: {e.Message}"));
        }
    }

    private static bool IsLink(FileInfo info) => (info.Attributes & FileAttributes.ReparsePoint) != 0;

    // A pipe or device reports no length and is never opened: reading it could wait for ever.
    private static byte[] ReadBytes(string filePath, int length)
    {
        if (length == 0) return [];
        using var file = File.OpenHandle(filePath);
        var bytes = new byte[length];
        var read = 0;
        while (read < length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and var n) read += n;
        return read == length ? bytes : bytes[..read];
    }

    private static SkillDiagnostic TooLarge(long length, int limit) =>
        new(SkillCodes.TooLarge, $"the file has {length} bytes; at most {limit} are read");
}
