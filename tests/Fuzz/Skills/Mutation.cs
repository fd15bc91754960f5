using System.Text;

namespace ClawGrains.Fuzz.Skills;

/// <summary>Small damage to an input: bits, bytes, blocks, lines, splices, and tokens that text formats care about.</summary>
internal static class Mutation
{
    private static readonly byte[][] Tokens = [.. new[]
    {
        ":", ": ", "\"", "'", "#", "[", "]", "{", "}", ",", "- ", "*a", "&a ", "!!", "|", ">", "%", "@", "\\", "\n", "\r\n", "\t", "---\n", "...\n",
        "? ", "<<: ", "\0", "\ufeff", "\u2028", "\u00a0", "0x", "1e999", "//", "/*", "${", "$ARGUMENTS", "{baseDir}",
    }.Select(Encoding.UTF8.GetBytes)];

    public static byte[] Apply(byte[] seed, IReadOnlyList<byte[]> seeds, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var n = random.Next(1, 8); n > 0; n--) Once(bytes, seeds, random);
        return [.. bytes];
    }

    private static void Once(List<byte> bytes, IReadOnlyList<byte[]> seeds, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 64), bytes.Count - at);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length)); break;
            case 4: Splice(bytes, at, seeds[random.Next(seeds.Count)], random); break;
            case 5: Repeat(bytes, at, random); break;
            default: bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]); break;
        }
    }

    private static void Splice(List<byte> bytes, int at, byte[] other, Random random)
    {
        if (other.Length == 0) return;
        var from = random.Next(other.Length);
        bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 256), other.Length - from)).ToArray());
    }

    // Deep nesting and long runs are what quadratic code shows itself on.
    private static void Repeat(List<byte> bytes, int at, Random random)
    {
        var token = Tokens[random.Next(Tokens.Length)];
        var copies = random.Next(1, 1 << random.Next(1, 13));
        if (bytes.Count < 1 << 20) bytes.InsertRange(at, Enumerable.Repeat(token, copies).SelectMany(t => t).ToArray());
    }
}
