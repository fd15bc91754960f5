using System.Buffers.Binary;
using System.Security.Cryptography;
using ClawGrains.Components.Wasi.Filesystem;
using ClawGrains.Components.Wasi.Io;

namespace ClawGrains.Components.Wasi;

/// <summary>The WASI state of one component instance. Pass it, or something that finds it, as the instance's data.</summary>
public sealed class WasiContext : IDisposable
{
    private readonly Random? _seeded;

    /// <summary>Opens the directories. Throws <see cref="DirectoryNotFoundException"/> for one that is not there.</summary>
    public WasiContext(WasiOptions options)
    {
        Options = options;
        if (options.RandomSeed is { } seed) _seeded = new Random(seed);
        Start = options.Time.GetTimestamp();
        Input = new StreamInput(options.StandardInput, leaveOpen: true);
        Output = new StreamOutput(options.StandardOutput, leaveOpen: true);
        Error = new StreamOutput(options.StandardError, leaveOpen: true);
        Directories = [.. options.Directories.Select(d => (Descriptor.OpenPreopen(d.HostPath, d.ReadOnly, options.MaxFileBytes), d.GuestPath))];
    }

    /// <summary>The options it was made with.</summary>
    public WasiOptions Options { get; }

    internal long Start { get; }

    internal WasiInput Input { get; }

    internal WasiOutput Output { get; }

    internal WasiOutput Error { get; }

    internal IReadOnlyList<(Descriptor Descriptor, string Name)> Directories { get; }

    internal byte[] RandomBytes(ulong length)
    {
        if (length > MaxRandomBytes) throw new ComponentTrapException($"more than {MaxRandomBytes} random bytes asked for at once");
        var bytes = new byte[length];
        if (_seeded is null) RandomNumberGenerator.Fill(bytes);
        else _seeded.NextBytes(bytes);
        return bytes;
    }

    internal ulong RandomU64() => BinaryPrimitives.ReadUInt64LittleEndian(RandomBytes(8));

    private const ulong MaxRandomBytes = 64 << 20;

    /// <summary>Closes the directories; the streams given in the options stay open.</summary>
    public void Dispose()
    {
        foreach (var (descriptor, _) in Directories) descriptor.Dispose();
    }
}
