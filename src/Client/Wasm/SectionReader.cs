using System.Text;

namespace ClawGrains.Client.Wasm;

/// <summary>Walks the sections of a module that is known to be well formed.</summary>
internal static class SectionReader
{
    private const int HeaderSize = 8;

    private static readonly string[] _names =
    [
        "custom", "type", "import", "function", "table", "memory", "global", "export", "start", "element", "code", "data", "data count", "tag",
    ];

    public static IEnumerable<SectionReport> Read(byte[] module)
    {
        for (var at = HeaderSize; at < module.Length;)
        {
            int id = module[at++];
            var size = ReadU32(module, ref at);
            yield return new SectionReport(id == 0 ? Custom(module, at) : _names[id], at, size);
            at += size;
        }
    }

    private static string Custom(byte[] module, int at)
    {
        var length = ReadU32(module, ref at);
        return $"custom \"{Encoding.UTF8.GetString(module, at, length)}\"";
    }

    private static int ReadU32(byte[] module, ref int at)
    {
        var (value, shift) = (0u, 0);
        byte b;
        do
        {
            b = module[at++];
            value |= (uint)(b & 0x7F) << shift;
            shift += 7;
        }
        while ((b & 0x80) != 0);
        return (int)value;
    }
}
