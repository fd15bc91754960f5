using System.Globalization;
using System.Text;

namespace ClawGrains.Skills.Archives;

/// <summary>
/// Makes an entry's name a relative path that is the same on every file system, or refuses it. The rules do not depend on the
/// machine: what is refused on Windows is refused everywhere.
/// </summary>
internal static class EntryName
{
    private const int MaxNameBytes = 255;
    private const int MaxPathBytes = 1024;
    private const char Letter = '\u0001';
    private const char Hangul = '\u0002';
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "COM\u00b9", "COM\u00b2", "COM\u00b3", "LPT\u00b9", "LPT\u00b2", "LPT\u00b3",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    // Characters that are, or normalize to, a dot, slash, backslash or colon (NFKC); the replacement for what could not be
    // decoded; and the three signs that normalize to plain letters (NFC).
    private const string Lookalikes = "\u2024\u2025\u2026\ufe52\uff0e\u2044\u2215\u29f8\uff0f\u29f5\u29f9\ufe68\uff3c\ua789\ufe55\uff1a\ufffd\u2126\u212a\u212b";

    /// <summary>The components of the path; none for the archive's own root.</summary>
    public static string[] Split(string name)
    {
        var shown = Show(name);
        if (name.Contains('\\', StringComparison.Ordinal)) throw Bad(ArchiveRefusalReason.Traversal, $"{shown} has a backslash in its name");
        if (name.StartsWith('/')) throw Bad(ArchiveRefusalReason.Traversal, $"{shown} is an absolute path");
        if (Encoding.UTF8.GetByteCount(name) > MaxPathBytes) throw Bad(ArchiveRefusalReason.Name, $"{shown} is longer than {MaxPathBytes} bytes");
        var path = name.EndsWith('/') ? name[..^1] : name;
        while (path.StartsWith("./", StringComparison.Ordinal)) path = path[2..];
        if (path is "." or "" && name.Length > 0) return [];
        var parts = path.Split('/');
        foreach (var part in parts) Check(part, shown);
        return parts;
    }

    /// <summary>
    /// Whether two different components are one name on some file system: for their case, or because one of them has letters
    /// written as a sequence that the other may have as one character.
    /// </summary>
    public static bool Collide(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase)
        || ((IsDecomposed(a) || IsDecomposed(b)) && Fold(a) == Fold(b));

    /// <summary>Equal for all components that may collide.</summary>
    public static string Fold(string part) => part.All(char.IsAscii) ? part.ToUpperInvariant() : FoldRunes(part.ToUpperInvariant());

    /// <summary>The name so that a terminal shows nothing but its characters.</summary>
    public static string Show(string name)
    {
        var text = new StringBuilder("'");
        foreach (var rune in name.EnumerateRunes().Take(200))
            if (IsPlain(rune)) text.Append(rune.ToString());
            else text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        return text.Append(name.Length > 200 ? "…'" : "'").ToString();
    }

    private static void Check(string part, string shown)
    {
        if (part is "..") throw Bad(ArchiveRefusalReason.Traversal, $"{shown} leads out of the directory");
        if (part is "" or ".") throw Bad(ArchiveRefusalReason.Name, $"{shown} has an empty part");
        if (part.AsSpan().IndexOfAny("<>:\"|?*") >= 0)
            throw Bad(part.Contains(':', StringComparison.Ordinal) ? ArchiveRefusalReason.Traversal : ArchiveRefusalReason.Name, $"{shown} has one of < > : \" | ? * in its name");
        if (part[^1] is '.' or ' ' || part[0] == ' ') throw Bad(ArchiveRefusalReason.Name, $"{shown} begins or ends with a space or ends with a dot");
        if (Encoding.UTF8.GetByteCount(part) > MaxNameBytes) throw Bad(ArchiveRefusalReason.Name, $"{shown} has a name longer than {MaxNameBytes} bytes");
        if (!part.EnumerateRunes().All(IsPlain) || part.AsSpan().IndexOfAny(Lookalikes) >= 0)
            throw Bad(ArchiveRefusalReason.Name, $"{shown} has a character that is not shown, or shown as another");
        if (Reserved.Contains(part.Split('.')[0].TrimEnd())) throw Bad(ArchiveRefusalReason.Name, $"{shown} is a reserved name on Windows");
    }

    // Format characters are the zero-width and bidirectional ones; a lone surrogate enumerates as U+FFFD.
    private static bool IsPlain(Rune rune) => rune.Value != 0xfffd && Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        _ => true,
    };

    // The program runs without normalization tables. So each letter that could be written with marks in another way becomes one
    // sign together with its marks, and each run of Hangul one, which gives composed and decomposed forms the same text. It may
    // take two different names for one; the rare forms it does not know fail when the second file is created.
    private static string FoldRunes(string part)
    {
        var text = new StringBuilder();
        foreach (var rune in part.EnumerateRunes())
            if (IsMark(rune) && text.Length > 0) text[^1] = Letter;
            else if (!IsHangul(rune)) text.Append(IsComposable(rune) ? Letter.ToString() : rune.ToString());
            else if (text.Length == 0 || text[^1] != Hangul) text.Append(Hangul);
        return text.ToString();
    }

    private static bool IsDecomposed(string part) => part.EnumerateRunes().Any(r => IsMark(r) || r.Value is >= 0x1100 and <= 0x11ff);

    // Scripts whose letters have composed forms: Latin, Greek, Cyrillic, Hebrew, Arabic and Kana.
    private static bool IsComposable(Rune rune) => rune.Value is (>= 0x80 and < 0x900) or (>= 0x1e00 and < 0x2000) or (>= 0x3040 and < 0x3100);

    private static bool IsHangul(Rune rune) => rune.Value is (>= 0x1100 and <= 0x11ff) or (>= 0xac00 and <= 0xd7a3);

    // Marks of the scripts above; those of Indic scripts are letters as far as names go.
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        && rune.Value is < 0x900 or (>= 0x1ab0 and <= 0x1dff) or (>= 0x20d0 and <= 0x20ff) or 0x3099 or 0x309a or (>= 0xfe20 and <= 0xfe2f);

    private static ArchiveException Bad(ArchiveRefusalReason reason, string message) => new(reason, message);
}
