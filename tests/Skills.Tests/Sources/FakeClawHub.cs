using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace ClawGrains.Skills.Tests.Sources;

/// <summary>
/// A ClawHub as its HTTP API (docs/http-api.md, v1) describes it, strict: any request that the description does not know, or
/// with a parameter it does not know, is answered with 400.
/// </summary>
internal sealed class FakeClawHub
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["search"] = ["q", "limit"], ["skill"] = ["ownerHandle"], ["version"] = ["ownerHandle"], ["download"] = ["slug", "version", "ownerHandle"],
    };

    public Dictionary<string, string> Files { get; } = new() { ["SKILL.md"] = "---\nname: gifgrep\ndescription: Finds.\n---\nDo it.\n", ["scripts/run.sh"] = "run" };

    public Dictionary<string, string> Sent { get; } = [];

    public object? Moderation { get; set; }

    public string? Latest { get; set; } = "1.2.3";

    public object? HandOver { get; set; }

    public FakeAnswer Answer(HttpListenerRequest request)
    {
        var path = request.Url!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (request.HttpMethod != "GET" || path is not ["api", "v1", .. var rest]) return FakeAnswer.Text(404, "Not found");
        return rest switch
        {
            ["search"] => Strictly(request, "search", Search),
            ["skills", var slug] => Strictly(request, "skill", _ => Skill(slug)),
            ["skills", var slug, "versions", var version] => Strictly(request, "version", _ => Version(slug, version)),
            ["download"] => Strictly(request, "download", Download),
            _ => FakeAnswer.Text(404, "Not found"),
        };
    }

    private static FakeAnswer Strictly(HttpListenerRequest request, string route, Func<HttpListenerRequest, FakeAnswer> answer) =>
        request.QueryString.AllKeys.Any(k => !Known[route].Contains(k)) ? FakeAnswer.Text(400, "Unknown parameter") : answer(request);

    private FakeAnswer Search(HttpListenerRequest request) => string.IsNullOrEmpty(request.QueryString["q"])
        ? FakeAnswer.Text(400, "Missing q")
        : FakeAnswer.Json(new { results = new[] { new { score = 0.5, slug = "gifgrep", displayName = "GifGrep", summary = "Finds.", version = Latest, updatedAt = 1, ownerHandle = "steipete" } } });

    private FakeAnswer Skill(string slug) => slug != "gifgrep" ? FakeAnswer.Text(404, "Skill not found") : FakeAnswer.Json(new
    {
        skill = new { slug, displayName = "GifGrep", summary = "Finds.", tags = new { }, stats = new { }, createdAt = 0, updatedAt = 0 },
        latestVersion = Latest is null ? null : new { version = Latest, createdAt = 0, changelog = "" },
        metadata = (object?)null,
        owner = new { handle = "steipete", displayName = "Peter", image = (string?)null },
        moderation = Moderation,
    });

    private FakeAnswer Version(string slug, string version) => version != Latest ? FakeAnswer.Text(404, "Version not found") : FakeAnswer.Json(new
    {
        skill = new { slug, displayName = "GifGrep" },
        version = new { version, createdAt = 0, changelog = "", files = Files.Select(f => new { path = f.Key, size = f.Value.Length, sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(f.Value))) }) },
    });

    private FakeAnswer Download(HttpListenerRequest request)
    {
        if (request.QueryString["slug"] != "gifgrep") return FakeAnswer.Text(404, "Skill not found");
        if (HandOver is not null) return FakeAnswer.Json(HandOver);
        if (request.QueryString["version"] != Latest) return FakeAnswer.Text(410, "Version removed");
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in (Sent.Count > 0 ? Sent : Files).Append(new("_meta.json", "{}")))
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        return new FakeAnswer(200, stream.ToArray());
    }
}
