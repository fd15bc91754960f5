using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using ClawGrains.Components;

namespace ClawGrains.Sandbox.Packages;

/// <summary>How grave a finding is.</summary>
public enum ScanSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Worth reading before approval.</summary>
    Warning,

    /// <summary>Refuses the install unless forced.</summary>
    Critical,
}

/// <summary>Something that a scan found.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Rule">A stable name of the rule.</param>
/// <param name="File">The file inside the package.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Message">What it means.</param>
public sealed record ScanFinding(ScanSeverity Severity, string Rule, string File, int Line, string Message);

/// <summary>Looks through texts of a package for known patterns of attack, and at what its components import. A scan that fails refuses.</summary>
public static partial class InstallScan
{
    private static readonly string[] Offered = ["host", "clawft:plugin/host@"];

    private static readonly (string Name, ScanSeverity Severity, Regex Pattern, string Message)[] Rules =
    [
        ("piped-download", ScanSeverity.Critical, PipedDownload(), "downloads something and runs it at once"),
        ("encoded-payload", ScanSeverity.Critical, EncodedPayload(), "decodes a hidden text and runs it"),
        ("hides-from-user", ScanSeverity.Critical, HidesFromUser(), "tells the model to keep something from the user"),
        ("overrides-instructions", ScanSeverity.Critical, Overrides(), "tells the model to drop its instructions"),
        ("exfiltration-address", ScanSeverity.Critical, Exfiltration(), "names a service that is used to carry data away"),
        ("reverse-shell", ScanSeverity.Critical, ReverseShell(), "opens a shell to another machine"),
        ("reads-secrets", ScanSeverity.Warning, ReadsSecrets(), "names files that hold keys or passwords"),
        ("long-encoded-text", ScanSeverity.Warning, LongEncoded(), "holds a long encoded text"),
    ];

    /// <summary>The findings, the gravest first.</summary>
    public static ImmutableArray<ScanFinding> Scan(PluginPackage package, string componentPath, Func<ReadOnlyMemory<byte>, Component> load)
    {
        var findings = new List<ScanFinding>();
        foreach (var (path, content) in package.Files)
            if (!path.EndsWith(".wasm", StringComparison.OrdinalIgnoreCase)) ScanText(path, Encoding.UTF8.GetString(content), findings);
        if (package.Files.TryGetValue(componentPath, out var component)) ScanImports(componentPath, load(component), findings);
        return [.. findings.OrderByDescending(f => f.Severity)];
    }

    private static void ScanText(string path, string text, List<ScanFinding> findings)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            foreach (var (name, severity, pattern, message) in Rules)
                if (pattern.IsMatch(lines[i])) findings.Add(new(severity, name, path, i + 1, message));
            if (lines[i].EnumerateRunes().Any(IsInvisible)) findings.Add(new(ScanSeverity.Critical, "invisible-unicode", path, i + 1, "has invisible characters or such that turn the direction of text"));
        }
    }

    private static void ScanImports(string path, Component component, List<ScanFinding> findings)
    {
        var unknown = component.Imports.Where(i => !Offered.Any(o => i == o || (o.EndsWith('@') && i.StartsWith(o, StringComparison.Ordinal)))).ToArray();
        if (unknown.Length > 0) findings.Add(new(ScanSeverity.Critical, "unknown-imports", path, 0, $"imports what is not offered: {string.Join(", ", unknown)}"));
    }

    // Tags and variation selectors beyond the sixteen of emoji, zero-width characters but the joiner, and direction marks.
    private static bool IsInvisible(Rune r) =>
        r.Value is 0x200B or 0x200C or 0x200E or 0x200F or 0x2060 or 0x180E or (>= 0x202A and <= 0x202E) or (>= 0x2061 and <= 0x2069) or (>= 0xE0000 and <= 0xE01EF);

    [GeneratedRegex(@"\b(curl|wget|iwr|invoke-webrequest)\b[^|\n]*\|\s*(sudo\s+)?(ba|z|da|k)?sh\b|\b(ba|z)?sh\s+(-c\s+)?[""']?(<\(|\$\()\s*(curl|wget)|\|\s*iex\b|\b(curl|wget)\b[^|\n]*\|\s*(sudo\s+)?(python3?|perl|ruby|node)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PipedDownload();

    [GeneratedRegex(@"base64\s+(-d|-D|--decode)[^|\n]*\|\s*(ba|z|da)?sh\b|\beval\s*\(\s*(atob|base64)|exec\s*\(\s*base64|-enc(odedcommand)?\s+[A-Za-z0-9+/=]{20,}|xxd\s+-r[^|\n]*\|\s*(ba)?sh\b", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedPayload();

    [GeneratedRegex(@"(do\s*n[o']t|never|without)\s+(tell(ing)?|inform(ing)?|mention(ing)?|show(ing)?|reveal(ing)?|notify(ing)?)\b[^.\n]{0,40}\buser\b|hide\s+(this|it)\s+from\s+the\s+user|keep\s+(this|it)\s+secret\s+from", RegexOptions.IgnoreCase)]
    private static partial Regex HidesFromUser();

    [GeneratedRegex(@"(ignore|disregard|forget)\s+(all\s+|any\s+)?(of\s+)?(the\s+|your\s+)?(previous|prior|above|earlier|system)\s+(instructions?|prompts?|rules)", RegexOptions.IgnoreCase)]
    private static partial Regex Overrides();

    [GeneratedRegex(@"\b(webhook\.site|requestbin\.(com|net)|pipedream\.net|ngrok(-free)?\.(io|app)|burpcollaborator\.net|interact\.sh|oast\.(fun|pro|live|site|online|me)|transfer\.sh|pastebin\.com/api)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Exfiltration();

    [GeneratedRegex(@"/dev/tcp/|\bnc(at)?\s+(-\w+\s+)*-e\b|mkfifo\s+\S+.*\bnc\b", RegexOptions.IgnoreCase)]
    private static partial Regex ReverseShell();

    [GeneratedRegex(@"\.ssh/id_|\.aws/credentials|\.netrc\b|/etc/shadow|\.gnupg/|\.kube/config|Login Data\b", RegexOptions.IgnoreCase)]
    private static partial Regex ReadsSecrets();

    [GeneratedRegex(@"[A-Za-z0-9+/]{400,}={0,2}")]
    private static partial Regex LongEncoded();
}
