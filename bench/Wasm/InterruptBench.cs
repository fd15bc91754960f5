using System.Diagnostics;

namespace ClawGrains.Wasm.Bench;

/// <summary>Milliseconds from asking for an interrupt to the trap.</summary>
internal sealed record Latencies(string Loop, int Count, double Median, double P99, double Most);

/// <summary>How soon a running guest is stopped from another thread, for loops of several kinds.</summary>
internal static class InterruptBench
{
    // Each module exports f: () -> (), which never returns.
    private static readonly (string Name, byte[] Body, bool Memory)[] Loops =
    [
        ("empty loop", [0x03, 0x40, 0x0C, 0x00, 0x0B], false),
        ("calls", [0x03, 0x40, 0x10, 0x01, 0x0C, 0x00, 0x0B], false),
        ("tail calls", [0x12, 0x00], false),
        ("memory.fill of 64 MB", [0x03, 0x40, 0x41, 0x00, 0x41, 0x01, 0x41, 0x80, 0x80, 0x80, 0x20, 0xFC, 0x0B, 0x00, 0x0C, 0x00, 0x0B], true),
    ];

    public static IReadOnlyList<Latencies> Run(int count) => [.. Loops.Select(loop => Measure(loop.Name, Module(loop.Body, loop.Memory), count))];

    private static Latencies Measure(string name, byte[] binary, int count)
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        var f = store.Instantiate(engine.Compile(binary)).GetFunction("f").ToDelegate<Action>();
        var took = new double[count];
        for (var i = -1; i < count; i++)
        {
            var one = Once(store, f);
            if (i >= 0) took[i] = one;
        }
        Array.Sort(took);
        return new Latencies(name, count, took[count / 2], took[count * 99 / 100], took[^1]);
    }

    private static double Once(Store store, Action f)
    {
        long asked = 0;
        using var timer = new Timer(_ =>
        {
            Volatile.Write(ref asked, Stopwatch.GetTimestamp());
            store.Interrupt();
        }, null, 5, Timeout.Infinite);
        try
        {
            f();
            throw new InvalidOperationException("BUG: an endless loop returned.");
        }
        catch (TrapException e) when (e.Kind == TrapKind.Interrupted)
        {
            var took = Stopwatch.GetElapsedTime(Volatile.Read(ref asked)).TotalMilliseconds;
            store.ClearInterrupt();
            return took;
        }
    }

    private static byte[] Module(byte[] body, bool memory)
    {
        byte[] code = [0, .. body, 0x0B];
        return
        [
            0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 3, 2, 0, 0,
            .. memory ? new byte[] { 5, 4, 1, 0, 0x80, 0x08 } : [],
            7, 5, 1, 1, (byte)'f', 0, 0,
            10, (byte)(code.Length + 5), 2, (byte)code.Length, .. code, 2, 0, 0x0B,
        ];
    }
}
