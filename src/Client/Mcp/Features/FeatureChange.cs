using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;

namespace ClawGrains.Client.Mcp.Features;

/// <summary>Which lists differ between two indexes, by what they put on the wire.</summary>
/// <param name="Tools">The tools differ.</param>
/// <param name="Prompts">The prompts differ.</param>
/// <param name="Resources">The resources or templates differ.</param>
internal readonly record struct FeatureChange(bool Tools, bool Prompts, bool Resources)
{
    /// <summary>Compares two indexes. Costs little where most items are the same objects.</summary>
    public static FeatureChange Between(FeatureIndex before, FeatureIndex after) => new(
        Differ(before.Tools, after.Tools),
        Differ(before.Prompts, after.Prompts),
        Differ(before.Resources, after.Resources) || Differ(before.ResourceTemplates, after.ResourceTemplates));

    private static bool Differ<T>(IReadOnlyList<T> before, IReadOnlyList<T> after)
    {
        if (before.Count != after.Count) return true;
        var type = (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
        for (var i = 0; i < before.Count; i++)
            if (!ReferenceEquals(before[i], after[i]) && !Bytes(before[i], type).SequenceEqual(Bytes(after[i], type))) return true;
        return false;
    }

    private static ReadOnlySpan<byte> Bytes<T>(T item, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(item, type);
}
