using System.Diagnostics;
using ClawGrains.Wasm;

namespace ClawGrains.Fuzz.Wasm.Decoding;

/// <summary>Arbitrary and damaged bytes: accepted, or refused with one of the two typed exceptions, and soon.</summary>
internal sealed class DecodeTarget : FuzzTarget
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public override string Name => "wasm-decode";

    public override string Summary => "decoder and validator on damaged modules and arbitrary bytes";

    protected override IEnumerable<Finding> Try(ulong seed, int count)
    {
        var bytes = Mutator.Make(seed);
        var (fault, elapsed) = Timed(bytes);
        // A busy machine may have been at other work meanwhile, so it has a second try.
        if (elapsed > Limit) elapsed = Timed(bytes).Elapsed;
        if (elapsed > Limit) fault ??= $"took {elapsed.TotalSeconds:F1} s";
        return fault is null ? [] : [new Finding(seed, fault, bytes)];
    }

    private static (string? Fault, TimeSpan Elapsed) Timed(byte[] bytes)
    {
        var clock = Stopwatch.StartNew();
        var (_, fault) = Check(bytes);
        return (fault, clock.Elapsed);
    }

    /// <summary>Whether the engine accepts the bytes and with what words it refuses them; a fault is another exception.</summary>
    public static (string? Refusal, string? Fault) Check(byte[] bytes)
    {
        try
        {
            Module.Check(bytes);
            return (null, null);
        }
        catch (Exception e) when (e is DecodeException or ValidationException)
        {
            return (e.Message, null);
        }
#pragma warning disable CA1031 // Any other exception is a finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (null, $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}");
        }
    }
}
