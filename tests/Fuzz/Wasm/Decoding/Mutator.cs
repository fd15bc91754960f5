using ClawGrains.Fuzz.Wasm.Generation;

namespace ClawGrains.Fuzz.Wasm.Decoding;

/// <summary>Damages a valid module a little, or makes bytes of nothing.</summary>
internal static class Mutator
{
    private static readonly byte[] Telling =
    [
        0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x1A, 0x1B, 0x1C, 0x20, 0x23, 0x28, 0x3F,
        0x40, 0x41, 0x60, 0x6F, 0x70, 0x7B, 0x7C, 0x7D, 0x7E, 0x7F, 0x80, 0xFC, 0xFD, 0xFE, 0xFF,
    ];

    /// <summary>Bytes for a seed: mostly a generated module with one to four changes.</summary>
    public static byte[] Make(ulong seed)
    {
        var rng = new Rng(seed ^ 0x5DEECE66D);
        if (rng.Chance(1, 20)) return Noise(rng);
        var bytes = new ModuleGenerator(seed / 4).Generate().Bytes.ToList();
        for (var changes = 1 + rng.Below(4); changes > 0; changes--) Change(rng, bytes);
        return [.. bytes];
    }

    private static byte[] Noise(Rng rng)
    {
        byte[] header = [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0];
        return [.. rng.Chance(9, 10) ? header : [], .. Enumerable.Range(0, rng.Below(60)).Select(_ => (byte)rng.Bits())];
    }

    private static void Change(Rng rng, List<byte> bytes)
    {
        var at = rng.Chance(1, 3) ? rng.Below(Math.Min(200, bytes.Count)) : rng.Below(bytes.Count);
        switch (rng.Below(8))
        {
            case 0: bytes[at] = (byte)rng.Bits(); break;
            case 1: bytes[at] ^= (byte)(1 << rng.Below(8)); break;
            case 2: bytes.Insert(at, rng.Pick(Telling)); break;
            case 3 when bytes.Count > 20: bytes.RemoveAt(at); break;
            case 4 when rng.Chance(1, 4): bytes.RemoveRange(at, bytes.Count - at); bytes.Add(0); break;
            case 5: bytes[at]++; break;
            case 6: bytes[at] = bytes[rng.Below(bytes.Count)]; break;
            default: bytes[at] = rng.Pick(Telling); break;
        }
    }
}
