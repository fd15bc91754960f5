using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Grains.Catalog;
using ClawGrains.Grains.Plugins;
using ClawGrains.Silo.Hosting;

namespace ClawGrains.Silo.Plugins;

/// <summary>
/// The operator's settings: <c>clawgrains.json</c> in the data directory, an object of sections. Comments and trailing
/// commas are read; they are lost when a command sets something.
/// </summary>
public sealed class SettingsFile(string dataDirectory)
{
    private static readonly string[] _sections = ["plugins", "skills"];
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataDirectory, "clawgrains.json");

    /// <summary>Differs whenever the file was replaced.</summary>
    public (DateTime, long) Stamp => new FileInfo(Path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    /// <summary>What it holds; empty where there is none.</summary>
    /// <exception cref="HostStartException">It is not a JSON object; the message says where.</exception>
    public JsonObject Read()
    {
        if (!File.Exists(Path)) return [];
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(Path), null, Reading) as JsonObject
                ?? throw new HostStartException($"{Path}: the settings must be a JSON object.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException e)
        {
            throw new HostStartException($"{Path}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: not JSON. Mend it, or delete the file to go back to the defaults.", e);
        }
    }

    /// <summary>The options of the catalog, with what the section <c>skills</c> says.</summary>
    /// <exception cref="HostStartException">It is not valid.</exception>
    public CatalogOptions Skills(CatalogOptions standard) => SkillSettings.Apply(standard, Read(), Path);

    /// <summary>The section <c>plugins</c>.</summary>
    /// <exception cref="HostStartException">It is not valid.</exception>
    public PluginSettings Plugins => PluginSettingsReader.Read(Read(), Path);

    /// <summary>The value of a dotted key such as <c>plugins.enabled</c>, or null.</summary>
    public JsonNode? Get(string key) =>
        key.Split('.').Aggregate((JsonNode?)Read(), (at, step) => (at as JsonObject)?[step]);

    /// <summary>Sets the value of a dotted key, or takes it out where the value is null, and replaces the file.</summary>
    /// <exception cref="HostStartException">The new settings would not be valid.</exception>
    public void Set(string key, JsonNode? value)
    {
        var root = Read();
        var steps = key.Split('.');
        if (value is not null && !_sections.Contains(steps[0], StringComparer.Ordinal))
            throw new HostStartException($"'{key}' is no setting: {(steps[0].Length == 0 ? "the section" : $"a section '{steps[0]}'")} is not known; known are {string.Join(", ", _sections)}.");
        var at = root;
        foreach (var step in steps[..^1])
        {
            if (at[step] is not JsonObject inner) at[step] = inner = [];
            at = inner;
        }
        if (value is null) at.Remove(steps[^1]);
        else at[steps[^1]] = value;
        PluginSettingsReader.Read(root, Path);
        SkillSettings.Apply(new CatalogOptions { Workspace = "", DataDirectory = "" }, root, Path);
        Write(root);
    }

    private void Write(JsonObject root)
    {
        Directory.CreateDirectory(dataDirectory);
        var temporary = Path + ".new";
        File.WriteAllText(temporary, root.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        File.Move(temporary, Path, overwrite: true);
    }
}
