using System.Text;

namespace ClawGrains.Sandbox.Autogen;

/// <summary>A place in memory.</summary>
/// <param name="At">Its address.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct StaticText(int At, int Length);

/// <summary>Lays out texts that a module has from its beginning; equal ones are there once.</summary>
internal sealed class StaticData
{
    // The first kilobyte stays free: address 0 means nothing, and results of calls are put below this.
    public const int Start = 1024;
    private readonly ByteWriter _bytes = new();
    private readonly Dictionary<string, StaticText> _known = new(StringComparer.Ordinal);

    /// <summary>The first address after all texts, aligned to 16.</summary>
    public int End => (Start + _bytes.Length + 15) & ~15;

    public byte[] Bytes => _bytes.ToArray();

    public StaticText Text(string text)
    {
        if (_known.TryGetValue(text, out var known)) return known;
        var bytes = Encoding.UTF8.GetBytes(text);
        var place = new StaticText(Start + _bytes.Length, bytes.Length);
        _bytes.Bytes(bytes);
        return _known[text] = place;
    }
}
