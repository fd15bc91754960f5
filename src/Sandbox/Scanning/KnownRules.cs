using System.Collections.Immutable;

namespace ClawGrains.Sandbox.Scanning;

/// <summary>The rules that come with the product.</summary>
internal static class KnownRules
{
    public const string InvisibleUnicode = "invisible-unicode";
    public const string UnknownImports = "unknown-imports";
    public const string UnpermittedImports = "unpermitted-imports";

    /// <summary>Findings that no pattern makes, with their severities.</summary>
    public static readonly ImmutableDictionary<string, ScanSeverity> Structural = ImmutableDictionary<string, ScanSeverity>.Empty
        .Add(InvisibleUnicode, ScanSeverity.Critical)
        .Add(UnknownImports, ScanSeverity.Critical)
        .Add(UnpermittedImports, ScanSeverity.Critical);

    public static readonly ImmutableArray<ScanRule> Patterns =
    [
        ScanRule.BuiltIn("piped-download", ScanSeverity.Critical,
            @"\b(curl|wget|iwr|invoke-webrequest)\b[^|\n]*\|\s*(sudo\s+)?(ba|z|da|k)?sh\b|\b(ba|z)?sh\s+(-c\s+)?[""']?(<\(|\$\()\s*(curl|wget)|\|\s*iex\b|\b(curl|wget)\b[^|\n]*\|\s*(sudo\s+)?(python3?|perl|ruby|node)\b",
            "downloads something and runs it at once"),
        ScanRule.BuiltIn("encoded-payload", ScanSeverity.Critical,
            @"base64\s+(-d|-D|--decode)[^|\n]*\|\s*(ba|z|da)?sh\b|\beval\s*\(\s*(atob|base64)|exec\s*\(\s*base64|-enc(odedcommand)?\s+[A-Za-z0-9+/=]{20,}|xxd\s+-r[^|\n]*\|\s*(ba)?sh\b",
            "decodes a hidden text and runs it"),
        ScanRule.BuiltIn("hides-from-user", ScanSeverity.Critical,
            @"(do\s*n[o'’]t|never|without)\s+(tell(ing)?|inform(ing)?|mention(ing)?|show(ing)?|reveal(ing)?|notify(ing)?)\b[^.\n]{0,40}\buser\b|hide\s+(this|it)\s+from\s+the\s+user|keep\s+(this|it)\s+secret\s+from",
            "tells the model to keep something from the user"),
        ScanRule.BuiltIn("overrides-instructions", ScanSeverity.Critical,
            @"(ignore|disregard|forget)\s+(all\s+|any\s+)?(of\s+)?(the\s+|your\s+)?(previous|prior|above|earlier|system)\s+(instructions?|prompts?|rules)",
            "tells the model to drop its instructions"),
        ScanRule.BuiltIn("exfiltration-address", ScanSeverity.Critical,
            @"\b(webhook\.site|requestbin\.(com|net)|pipedream\.net|ngrok(-free)?\.(io|app)|burpcollaborator\.net|interact\.sh|oast\.(fun|pro|live|site|online|me)|transfer\.sh|pastebin\.com/api)\b",
            "names a service that is used to carry data away"),
        ScanRule.BuiltIn("reverse-shell", ScanSeverity.Critical, @"/dev/tcp/|\bnc(at)?\s+(-\w+\s+)*-e\b|mkfifo\s+\S+.*\bnc\b", "opens a shell to another machine"),
        ScanRule.BuiltIn("reads-secrets", ScanSeverity.Warning, @"\.ssh/id_|\.aws/credentials|\.netrc\b|/etc/shadow|\.gnupg/|\.kube/config|Login Data\b", "names files that hold keys or passwords"),
        ScanRule.BuiltIn("long-encoded-text", ScanSeverity.Warning, @"[A-Za-z0-9+/]{400}", "holds a long encoded text"),
    ];
}
