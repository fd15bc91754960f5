using System.Collections.Immutable;
using System.Text.Json;

namespace ClawGrains.Grains.Autogen;

/// <summary>What is kept of autonomous creation in <c>autogen.json</c> of a tenant.</summary>
internal sealed record AutogenState
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Whether it is on. Default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>The sequences that were found and are not reported again.</summary>
    public ImmutableArray<ImmutableArray<string>> Found { get; init; } = [];

    public static AutogenState Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<AutogenState>(File.ReadAllBytes(path), Json) ?? new() : new();

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(this, Json));
        File.Move(path + ".new", path, overwrite: true);
    }
}
