using System.Text.Json;

namespace ClawGrains.Skills.Packages;

/// <summary>One installed skill in the lock file.</summary>
public sealed record SkillLockEntry
{
    /// <summary>The skill's name.</summary>
    public required string Name { get; init; }
    /// <summary>The directory's name below the managed root.</summary>
    public required string Directory { get; init; }
    /// <summary>The hash of the whole directory.</summary>
    public required string Sha256 { get; init; }
    /// <summary>Where it came from.</summary>
    public required SkillOrigin Origin { get; init; }
    /// <summary>When it was installed.</summary>
    public required DateTimeOffset InstalledAt { get; init; }
    /// <summary>What it asked for when it was installed, as text; null where that was not recorded.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }
}

/// <summary>
/// <c>skills.lock.json</c> of a managed root: what was installed, from where, with which hash. Written whole and swapped in
/// by rename, sorted by name.
/// </summary>
public static class SkillLockFile
{
    /// <summary>The file's name.</summary>
    public const string FileName = "skills.lock.json";
    private const int Version = 1;

    /// <summary>The entries, sorted by name; none where there is no file.</summary>
    /// <exception cref="InvalidDataException">The file is no lock file of this version.</exception>
    public static IReadOnlyList<SkillLockEntry> Read(string managedRoot)
    {
        var path = Path.Combine(managedRoot, FileName);
        if (!File.Exists(path)) return [];
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.GetProperty("version").GetInt32() != Version)
                throw new InvalidDataException($"{path} has another version than {Version}; update the program");
            return [.. json.RootElement.GetProperty("skills").EnumerateObject().Select(Entry)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is no lock file: {e.Message}", e);
        }
    }

    internal static void Write(string managedRoot, IEnumerable<SkillLockEntry> entries)
    {
        var path = Path.Combine(managedRoot, FileName);
        var draft = path + ".new";
        using (var stream = File.Create(draft))
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartObject("skills");
            foreach (var entry in entries.OrderBy(e => e.Name, StringComparer.Ordinal)) Write(json, entry);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        File.Move(draft, path, overwrite: true);
    }

    private static void Write(Utf8JsonWriter json, SkillLockEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("directory", entry.Directory);
        json.WriteString("sha256", entry.Sha256);
        json.WriteStartObject("source");
        json.WriteString("kind", entry.Origin.Kind);
        json.WriteString("location", entry.Origin.Location);
        if (entry.Origin.Revision is { } revision) json.WriteString("revision", revision);
        json.WriteEndObject();
        json.WriteString("installedAt", entry.InstalledAt);
        if (entry.Permissions is { } permissions)
        {
            json.WriteStartArray("permissions");
            foreach (var permission in permissions) json.WriteStringValue(permission);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static SkillLockEntry Entry(JsonProperty property)
    {
        var source = property.Value.GetProperty("source");
        return new SkillLockEntry
        {
            Name = property.Name,
            Directory = Text(property.Value, "directory"),
            Sha256 = Text(property.Value, "sha256"),
            Origin = new SkillOrigin(Text(source, "kind"), Text(source, "location"),
                source.TryGetProperty("revision", out var revision) ? revision.GetString() : null),
            InstalledAt = property.Value.GetProperty("installedAt").GetDateTimeOffset(),
            Permissions = property.Value.TryGetProperty("permissions", out var permissions)
                ? [.. permissions.EnumerateArray().Select(p => p.GetString() ?? throw new JsonException("a permission is null"))] : null,
        };
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new JsonException($"'{name}' is null");
}
