using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace ClawGrains.Sandbox.Audit;

/// <summary>Makes texts fit for logs and audit records: on one line, short, and without what looks like a secret.</summary>
public static partial class AuditText
{
    /// <summary>The most characters of a summary.</summary>
    public const int MaxLength = 512;

    /// <summary>A text with none of these has nothing that <see cref="Redact"/> would blot out.</summary>
    private static readonly SearchValues<string> Hints = SearchValues.Create(["sk-", "gh", "xox", "AKIA", "AIza", "eyJ", " ", ":", "="], StringComparison.Ordinal);

    private static readonly SearchValues<char> Unsafe = SearchValues.Create([.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(IsUnsafe)]);

    /// <summary>One line of at most <see cref="MaxLength"/> characters with secrets blotted out.</summary>
    public static string Summarize(string text)
    {
        if (text.Length > MaxLength * 4) text = text[..(MaxLength * 4)];
        var clean = OneLine(Redact(text));
        return clean.Length <= MaxLength ? clean : clean[..(MaxLength - 1)] + "…";
    }

    /// <summary>Blots out bearer tokens, well-known key shapes, userinfo and the values of secretive parameters.</summary>
    public static string Redact(string text)
    {
        if (!text.AsSpan().ContainsAny(Hints)) return text;
        text = KnownKeys().Replace(text, "[redacted]");
        text = UserInfo().Replace(text, "$1[redacted]@");
        text = Authorization().Replace(text, "$1[redacted]");
        return Parameters().Replace(text, "$1$2$3$4$5$6[redacted]");
    }

    /// <summary>Writes control characters, line separators and characters that turn the direction as <c>\u{…}</c>, so that no line can be forged.</summary>
    public static string OneLine(string text)
    {
        if (!text.AsSpan().ContainsAny(Unsafe)) return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var c in text)
            if (IsUnsafe(c)) safe.Append(c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => $"\\u{{{(int)c:x}}}" });
            else safe.Append(c);
        return safe.ToString();
    }

    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\u061C' or '\u180E' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F');

    [GeneratedRegex(@"sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|(?i:bearer|basic) +[A-Za-z0-9+/=._~-]{8,}")]
    private static partial Regex KnownKeys();

    [GeneratedRegex(@"(://)[^/\s?#]*@")]
    private static partial Regex UserInfo();

    // Schemes other than the known ones have spaces in them, and commas between their parts.
    [GeneratedRegex(@"(authorization\\*[""']?\s*[=:]\s*\\*[""']?(?!\s*\[redacted\]))[^""'\\\r\n;}]+", RegexOptions.IgnoreCase)]
    private static partial Regex Authorization();

    // A value in quotes ends with them, also where they are escaped since the text is JSON within JSON; one in brackets with these.
    [GeneratedRegex(@"((?:key|token|secret|passw(?:or)?d|passphrase|pwd|auth|signature|sig|credential|cookie)[A-Za-z0-9_-]*\\*[""']?\s*[=:]\s*)(?!\\*[""']?\[redacted\])(?:("")(?:\\.|[^""\\])*|(')(?:\\.|[^'\\])*|(\\"")(?:(?!\\"").)*|(\[)[^\]]*|(\{)[^}]*|[^&\s""',}]+)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Parameters();
}
