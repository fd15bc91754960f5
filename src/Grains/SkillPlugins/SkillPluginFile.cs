using System.Collections.Immutable;
using System.Text.Json;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.SkillPlugins;

/// <summary>Which plugin came with which skill, on disk, so that it goes with the skill even when that went while no host ran.</summary>
internal sealed class SkillPluginFile(string path)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public ImmutableArray<SkillPlugin> Read() =>
        File.Exists(path) ? [.. JsonSerializer.Deserialize<SkillPlugin[]>(File.ReadAllBytes(path), Json) ?? []] : [];

    public void Write(ImmutableArray<SkillPlugin> plugins)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(plugins.ToArray(), Json));
        File.Move(path + ".new", path, overwrite: true);
    }
}
