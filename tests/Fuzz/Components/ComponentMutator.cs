using ClawGrains.Fuzz.Wasm.Generation;
using ClawGrains.Support;

namespace ClawGrains.Fuzz.Components;

/// <summary>Damages one of the repository's components, or makes one of arbitrary sections.</summary>
internal static class ComponentMutator
{
    private const int Header = 8;

    private static readonly byte[] Telling =
        [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0B, 0x40, 0x41, 0x42, 0x60, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70, 0x71, 0x72, 0x73, 0x79, 0x7F, 0x80, 0xFF];

    private static readonly Lazy<byte[][]> Seeds = new(() =>
        [.. new[] { "tests/Components.Tests/Data", "samples/plugins", "tests/Guests" }
            .SelectMany(d => Directory.EnumerateFiles(Path.Combine(TestData.Repository, d), "*.wasm", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(TestData.Repository, f))
            .Where(IsCommitted).Order(StringComparer.Ordinal).Select(f => File.ReadAllBytes(Path.Combine(TestData.Repository, f)))]);

    // What builds leave behind differs from machine to machine, and may be half written.
    private static bool IsCommitted(string path) =>
        !path.Contains("core", StringComparison.Ordinal) && !path.Split(Path.DirectorySeparatorChar).Any(p => p is "build" or "node_modules" or "bin" or "obj");

    public static byte[] Make(ulong seed)
    {
        var rng = new Rng(seed ^ 0xC0110);
        if (rng.Chance(1, 10)) return Noise(rng);
        var bytes = rng.Pick(Seeds.Value).ToList();
        for (var changes = rng.Chance(1, 2) ? 1 : 1 + rng.Below(4); changes > 0; changes--) Change(rng, bytes);
        return [.. bytes];
    }

    private static byte[] Noise(Rng rng) =>
        [0, (byte)'a', (byte)'s', (byte)'m', 0x0d, 0, 1, 0, .. Enumerable.Range(0, 1 + rng.Below(4)).SelectMany(_ => Section(rng))];

    private static byte[] Section(Rng rng)
    {
        byte[] content = [(byte)(1 + rng.Below(3)), .. Enumerable.Range(0, 1 + rng.Below(24)).Select(_ => rng.Chance(3, 4) ? rng.Pick(Telling) : (byte)rng.Bits())];
        return [(byte)rng.Below(13), (byte)content.Length, .. content];
    }

    /// <summary>Mostly changes that keep the length, or nothing behind them would be reached.</summary>
    private static void Change(Rng rng, List<byte> bytes)
    {
        var at = Header + rng.Below(bytes.Count - Header);
        switch (rng.Below(8))
        {
            case 0: bytes[at] = (byte)rng.Bits(); break;
            case 1: bytes[at] ^= (byte)(1 << rng.Below(8)); break;
            case 2: bytes[at]++; break;
            case 3: bytes[at] = bytes[Header + rng.Below(bytes.Count - Header)]; break;
            case 4 when rng.Chance(1, 4): bytes.Insert(at, rng.Pick(Telling)); break;
            case 5 when rng.Chance(1, 4) && bytes.Count > 40: bytes.RemoveAt(at); break;
            case 6 when rng.Chance(1, 8): bytes.RemoveRange(at, bytes.Count - at); bytes.Add(0); break;
            default: bytes[at] = rng.Pick(Telling); break;
        }
    }
}
