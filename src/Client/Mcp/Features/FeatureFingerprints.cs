using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;

namespace ClawGrains.Client.Mcp.Features;

/// <summary>Hashes of what the lists of an index put on the wire: a list changed exactly where its hash differs.</summary>
internal sealed class FeatureFingerprints(FeatureIndex index)
{
    /// <summary>The hash of <c>tools/list</c>.</summary>
    public string Tools { get; } = HashOf(index.Tools);

    /// <summary>The hash of <c>prompts/list</c>.</summary>
    public string Prompts { get; } = HashOf(index.Prompts);

    /// <summary>The hash of <c>resources/list</c> and <c>resources/templates/list</c>.</summary>
    public string Resources { get; } = HashOf(index.Resources) + HashOf(index.ResourceTemplates);

    private static string HashOf<T>(IReadOnlyList<T> items)
    {
        var type = (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var item in items) hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(item, type));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
