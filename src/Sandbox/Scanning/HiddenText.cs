using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ClawGrains.Sandbox.Scanning;

/// <summary>What a text says where its letters are disguised, and what is encoded in it.</summary>
internal static partial class HiddenText
{
    private const int LeastEncoded = 24;
    private const int LeastEscapes = 4;

    // Times as long as a line is, and more than three layers of all encodings at once can hold.
    private const int MostEncoded = 20;

    // Letters of other scripts that look like Latin ones, each with what it is taken for.
    private const string Alike = "аaеeоoрpсcуyхxіiѕsјjһhԁdԛqԝwӏlкkмmтtАAВBЕEКKМMНHОOРPСCТTХXαaοoρpνvιiκkΑAΒBΕEΙIΚKΜMΝNΟOΡPΤTΧX";

    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Base64 = SearchValues.Create(Alphanumeric + "+/");

    // As paths and names with dashes hold it too, which may stand before it.
    private static readonly SearchValues<char>[] Alphabets = [Base64, SearchValues.Create(Alphanumeric + "-_"), SearchValues.Create(Alphanumeric)];

    private static readonly Dictionary<char, char> Taken = Alike.Chunk(2).ToDictionary(p => p[0], p => p[1]);

    /// <summary>
    /// The text as a person or a shell takes it: letters that look alike as Latin ones, spaces of all kinds as one, without
    /// what is not seen, and without quotes and backslashes inside words.
    /// </summary>
    public static string Folded(string line)
    {
        var folded = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes())
            if (Letter(rune) is { } c) folded.Append(c);
        return Joints().Replace(FieldSeparator().Replace(folded.ToString(), " "), "");
    }

    /// <summary>The texts that are encoded in it: in base64, hexadecimal or escapes, however often; and whether these are all.</summary>
    public static (IReadOnlyCollection<string> Texts, bool AreAll) Encoded(string line)
    {
        var (found, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>([line]));
        // Each is shorter than what it was encoded in, but a line can be made to hold ever so many.
        var room = (long)line.Length * MostEncoded;
        while (open.TryDequeue(out var text))
        {
            foreach (var inner in Candidates(text).Where(found.Add))
            {
                if ((room -= inner.Length) < 0) return (found, false);
                open.Enqueue(inner);
            }
        }
        return (found, true);
    }

    /// <summary>Whether a line of at least so many characters is a piece of a longer text in base64.</summary>
    public static bool IsPiece(ReadOnlySpan<char> line, int least) => line.Trim() is { Length: var length } piece && length >= least && !piece.TrimEnd('=').ContainsAnyExcept(Base64);

    /// <summary>Whether it holds characters that are not seen or turn the direction of text.</summary>
    public static bool HasInvisible(string line)
    {
        var before = default(Rune);
        // Files that begin with a byte order mark are put together without a thought.
        foreach (var rune in line.TrimStart('\uFEFF').EnumerateRunes())
        {
            if (IsInvisible(rune) || (IsJoint(rune) && !MayJoin(before))) return true;
            before = rune;
        }
        return false;
    }

    private static char? Letter(Rune r) => r.Value switch
    {
        >= 0xFF01 and <= 0xFF5E => (char)(r.Value - 0xFEE0),
        _ when IsInvisible(r) || IsJoint(r) => null,
        _ when Rune.GetUnicodeCategory(r) == UnicodeCategory.SpaceSeparator => ' ',
        _ when !r.IsBmp => '\uFFFD',
        _ => Taken.GetValueOrDefault((char)r.Value, (char)r.Value),
    };

    private static IEnumerable<string> Candidates(string line)
    {
        foreach (var run in Alphabets.SelectMany(a => Runs(line, a)).Distinct())
            foreach (var text in Decoded(run)) yield return text;
        if (Escapes().Count(line) >= LeastEscapes) yield return Escapes().Replace(line, Unescape);
    }

    private static List<string> Runs(string line, SearchValues<char> alphabet)
    {
        var runs = new List<string>();
        for (int i = 0, start = 0; i <= line.Length; i++)
        {
            if (i < line.Length && alphabet.Contains(line[i])) continue;
            if (i - start >= LeastEncoded) runs.Add(line[start..i]);
            start = i + 1;
        }
        return runs;
    }

    private static IEnumerable<string> Decoded(string run)
    {
        if (FromBase64(run.Replace('-', '+').Replace('_', '/')) is { } text) yield return text;
        if (run.Length % 2 == 0 && run.All(char.IsAsciiHexDigit) && Readable(Convert.FromHexString(run)) is { } hex) yield return hex;
    }

    private static string? FromBase64(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), bytes, out var count) ? Readable(bytes.AsSpan(0, count)) : null;
    }

    private static string? Readable(ReadOnlySpan<byte> bytes) => Text(Encoding.UTF8.GetString(bytes)) ?? Text(Encoding.Unicode.GetString(bytes));

    private static string? Text(string text) =>
        text.Length > 0 && text.All(c => char.IsWhiteSpace(c) || (!char.IsControl(c) && c is < '\u3000' and not '\uFFFD')) ? text : null;

    private static string Unescape(Match escape) =>
        ((char)int.Parse(escape.ValueSpan.TrimStart("\\xu%"), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();

    // Tags and variation selectors beyond the sixteen of emoji, zero-width characters but the joiner, fillers, and direction marks.
    private static bool IsInvisible(Rune r) => r.Value is 0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x180E or 0x200B or 0x200C or 0x200E or 0x200F
        or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x3164 or 0xFEFF or 0xFFA0 or (>= 0xFFF9 and <= 0xFFFB) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE01EF);

    // Emoji and some scripts need them; after a Latin letter, or one after the other, they only hide something.
    private static bool IsJoint(Rune r) => r.Value is 0x200D or (>= 0xFE00 and <= 0xFE0F);

    private static bool MayJoin(Rune before) => before.Value is '#' or '*' or (>= '0' and <= '9') or 0xFE0F || (!before.IsAscii && !IsJoint(before));

    [GeneratedRegex(@"\$\{IFS\}|\$IFS\b")]
    private static partial Regex FieldSeparator();

    [GeneratedRegex(@"''|""""|(?<=\w)[\\^`](?=\w)|\\(?=[a-z])|(?<=\w)\$@(?=\w)")]
    private static partial Regex Joints();

    [GeneratedRegex(@"\\x[0-9a-fA-F]{2}|\\u00[0-9a-fA-F]{2}|%[0-9a-fA-F]{2}")]
    private static partial Regex Escapes();
}
