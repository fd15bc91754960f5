using System.Collections.Immutable;

namespace ClawGrains.Sandbox.Scanning;

/// <summary>The rules that come with the product.</summary>
internal static class KnownRules
{
    public const string InvisibleUnicode = "invisible-unicode";
    public const string UnknownImports = "unknown-imports";
    public const string UnpermittedImports = "unpermitted-imports";
    public const string EncodedPayload = "encoded-payload";

    private const string Downloader = @"\b(curl|wget|aria2c|lynx|fetch|iwr|irm|invoke-webrequest|invoke-restmethod)\b";
    private const string Shell = @"(/\S*/)?(ba|z|da|k|c|tc|a|fi)?sh\b";
    // What a shell is called through.
    private const string Through = @"((sudo|doas|env|exec|nohup|command|busybox|xargs|time)\s+(-\S+\s+|\w+=\S*\s+)*)*";
    // What lies between two ends of a pipe and changes texts; not any word, for tables have bars between words too.
    private const string Filters = @"(\|\s*(tee|base64|base32|gunzip|gzip|zcat|xz|bzip2|openssl|sed|tr|cat|rev|xxd|head|tail|awk|cut|grep)\b[^|\n]*)*";
    // An interpreter that reads its program; with -m, -c or -e it has one, and reads data.
    private const string Interpreter = @"(python[\d.]*|perl|ruby|node|php|pwsh|osascript)(\s*$|\s*[;&|)""'`,.]|\s+[^-\s]|\s+-(\s|$|[^mcpenr]))";

    /// <summary>Findings that no pattern makes, with their severities.</summary>
    public static readonly ImmutableDictionary<string, ScanSeverity> Structural = ImmutableDictionary<string, ScanSeverity>.Empty
        .Add(InvisibleUnicode, ScanSeverity.Critical)
        .Add(UnknownImports, ScanSeverity.Critical)
        .Add(UnpermittedImports, ScanSeverity.Critical);

    public static readonly ImmutableArray<ScanRule> Patterns =
    [
        ScanRule.BuiltIn("piped-download", ScanSeverity.Critical, Any(
            $@"{Downloader}[^|\n]*{Filters}\|&?\s*{Through}({Shell}|{Interpreter})",
            $@"(\b((ba|z|da|k)?sh|source|eval|python[\d.]*|perl|ruby|node)|(^|[\s;&|(`])\.)\s+(-\w+\s+)*[""']?(<\(|(<<<\s*[""']?)?(\$\(|`))\s*{Through}{Downloader}",
            @"\|\s*(iex|invoke-expression)\b",
            @"\b(iex|invoke-expression)\b[^\n]{0,80}\b(irm|iwr|invoke-webrequest|invoke-restmethod|downloadstring|curl|wget)\b",
            @"\b(exec|eval)\s*\([^\n]{0,80}\b(urlopen|requests\.get|fetch)\s*\("),
            "downloads something and runs it at once"),
        ScanRule.BuiltIn("runs-download", ScanSeverity.Warning,
            $@"{Downloader}[^\n]*(&&|;)\s*{Through}({Shell}|source\b|chmod\s+(\S*\+x|[0-7]*[1357][0-7]*\b))",
            "downloads something and runs it"),
        ScanRule.BuiltIn(EncodedPayload, ScanSeverity.Critical, Any(
            $@"\b(base64|base32)\s+(-d|-D|--decode)[^|\n]*{Filters}\|\s*{Through}({Shell}|{Interpreter})",
            $@"\b(openssl\s+(base64|enc)|xxd\s+-r|rev\b|tr\s)[^|\n]*\|\s*{Through}{Shell}",
            $@"\b(printf|echo)\s[^|\n]*\\x[0-9a-f]{{2}}[^|\n]*\|\s*{Through}{Shell}",
            @"\b(eval|(ba|z|da)?sh\s+-c)\s+[""']?(\$\(|`)[^\n]*\b(base64|base32|xxd|openssl)\b",
            @"\beval\s*\(\s*(atob|base64)|\b(eval|function)\s*\(\s*(atob|buffer\.from)\s*\(",
            @"\bexec\s*\(\s*base64|\bexec\s*\([^\n]{0,80}\b(b64decode|fromhex|decompress|codecs\.decode)\s*\(",
            @"-enc(odedcommand)?\s+[A-Za-z0-9+/=]{20,}"),
            "decodes a hidden text and runs it"),
        ScanRule.BuiltIn("hides-from-user", ScanSeverity.Critical, Any(
            @"(do\s*n[o'’]t|never|without)\s+(tell(ing)?|inform(ing)?|mention(ing)?|show(ing)?|reveal(ing)?|notify(ing)?|disclos(e|ing)|alert(ing)?)\b[^.\n]{0,40}\b(user|human)\b",
            @"(do\s*n[o'’]t|never|without)\s+let(ting)?\b[^.\n]{0,30}\b(user|human)\b[^.\n]{0,20}\b(know|notice|find\s+out)",
            @"\b(user|human)\s+(must|should)\s*(not|n[o'’]t|never)\s+(know|notice|find\s+out|be\s+(told|informed|notified|aware))",
            @"without\s+the\s+(user|human)['’]?s?\s+(knowledge|noticing|knowing)",
            @"\b(hide|conceal|withhold)\b[^.\n]{0,40}\bfrom\s+the\s+(user|human)\b|keep\s+(this|it)\s+secret\s+from"),
            "tells the model to keep something from the user"),
        ScanRule.BuiltIn("overrides-instructions", ScanSeverity.Critical,
            @"\b(ignore|disregard|forget|bypass|pay\s+no\s+attention\s+to)\s+(\w+\s+){0,4}(previous|prior|above|earlier|preceding|system)\s+(\w+\s+){0,2}(instructions?|prompts?|rules|directives|guidelines)",
            "tells the model to drop its instructions"),
        ScanRule.BuiltIn("exfiltration-address", ScanSeverity.Critical,
            @"\b(webhook\.site|webhook\.cool|requestbin\.(com|net)|requestcatcher\.com|hookbin\.com|beeceptor\.com|pipedream\.net|ngrok(-free)?\.(io|app|dev)|burpcollaborator\.net|interact\.sh|oast\.(fun|pro|live|site|online|me)|dnslog\.cn|ceye\.io|canarytokens\.com|transfer\.sh|termbin\.com|0x0\.st|pastebin\.com/api)\b",
            "names a service that is used to carry data away"),
        // A picture is fetched as soon as it is shown: what stands in for data in its address is carried away unasked.
        ScanRule.BuiltIn("exfiltration-image", ScanSeverity.Critical,
            @"(!\[[^\]\n]*\]\(\s*<?|<img\b[^>\n]*\bsrc\s*=\s*[""']?)https?://[^)\s""'>]*[?&=/#][^)""'>\n]*(\{\{?|\$\{|\$\(|<|\[)\s*[A-Za-z_][^)\n]*(\}|\]|>|\))",
            "shows a picture whose address carries data away"),
        ScanRule.BuiltIn("reverse-shell", ScanSeverity.Critical, @"/dev/(tcp|udp)/|\bnc(at)?\s+(-\w+\s+)*-e\b|mkfifo\s+\S+.*\bnc\b", "opens a shell to another machine"),
        ScanRule.BuiltIn("reads-secrets", ScanSeverity.Warning, @"\.ssh/id_|\.aws/credentials|\.netrc\b|/etc/shadow|\.gnupg/|\.kube/config|Login Data\b", "names files that hold keys or passwords"),
        ScanRule.BuiltIn("long-encoded-text", ScanSeverity.Warning, @"[A-Za-z0-9+/]{400}", "holds a long encoded text"),
    ];

    private static string Any(params string[] patterns) => string.Join('|', patterns);
}
