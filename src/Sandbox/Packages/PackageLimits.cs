using System.IO.Compression;
using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Packages;

/// <summary>How large a package may be.</summary>
public sealed record PackageLimits
{
    /// <summary>Bytes of a component. Default 300 KB.</summary>
    public int ComponentBytes { get; init; } = 300 << 10;

    /// <summary>Bytes of a component that was compressed by gzip. Default 120 KB.</summary>
    public int GzippedBytes { get; init; } = 120 << 10;

    /// <summary>Files of a package. Default 256.</summary>
    public int Files { get; init; } = 256;

    /// <summary>Bytes of all files together, unpacked. Default 8 MB.</summary>
    public long TotalBytes { get; init; } = 8 << 20;

    /// <summary>Why a component of that many bytes is too large, whatever they are; null where it is not.</summary>
    public PluginError? CheckLength(long bytes) => bytes > ComponentBytes
        ? TooLarge($"the component has {bytes} bytes; at most {ComponentBytes} are accepted (plugins.limits.component_bytes in the settings)")
        : null;

    /// <summary>Why a component is too large; null where it is not.</summary>
    public PluginError? Check(ReadOnlySpan<byte> component)
    {
        if (CheckLength(component.Length) is { } large) return large;
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(component);
        return compressed.Length > GzippedBytes ? TooLarge($"the component has {compressed.Length} bytes gzipped; at most {GzippedBytes} are accepted (plugins.limits.component_gzipped_bytes in the settings)") : null;
    }

    internal static PluginError TooLarge(string message) => new(PluginErrorKind.ResourceExhausted, message, ExhaustedResource.Size);
}
