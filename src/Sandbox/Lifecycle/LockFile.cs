using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClawGrains.Sandbox.Lifecycle;

/// <summary>The plugins of a tenant in <c>plugins.lock.json</c>; replaced as a whole, so a crash leaves the old or the new.</summary>
public sealed class LockFile(string path)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>What the file holds; nothing where there is none.</summary>
    /// <exception cref="JsonException">The file was damaged.</exception>
    public ImmutableSortedDictionary<string, PluginRecord> Read() => File.Exists(path)
        ? JsonSerializer.Deserialize<PluginRecord[]>(File.ReadAllBytes(path), Json)!.ToImmutableSortedDictionary(r => r.Id, r => r, StringComparer.Ordinal)
        : ImmutableSortedDictionary<string, PluginRecord>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Replaces the file.</summary>
    public void Write(ImmutableSortedDictionary<string, PluginRecord> records)
    {
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, records.Values.ToArray(), Json);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }
}
