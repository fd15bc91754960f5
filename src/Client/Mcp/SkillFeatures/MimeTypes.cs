namespace ClawGrains.Client.Mcp.SkillFeatures;

/// <summary>The types of the files that skills have.</summary>
internal static class MimeTypes
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = "text/markdown", [".txt"] = "text/plain", [".html"] = "text/html", [".css"] = "text/css", [".csv"] = "text/csv",
        [".json"] = "application/json", [".yaml"] = "application/yaml", [".yml"] = "application/yaml", [".toml"] = "application/toml",
        [".xml"] = "application/xml", [".js"] = "text/javascript", [".mjs"] = "text/javascript", [".ts"] = "text/typescript",
        [".py"] = "text/x-python", [".sh"] = "application/x-sh", [".svg"] = "image/svg+xml", [".png"] = "image/png",
        [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif", [".webp"] = "image/webp",
        [".pdf"] = "application/pdf", [".zip"] = "application/zip", [".wasm"] = "application/wasm",
    };

    /// <summary>The type of a file by its name.</summary>
    public static string Of(string path) => Known.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");

    /// <summary>The type of a file by its name, or, where that tells nothing, by whether it is text.</summary>
    public static string Of(string path, bool isText) =>
        Of(path) is var type && isText && type == "application/octet-stream" ? "text/plain" : type;
}
