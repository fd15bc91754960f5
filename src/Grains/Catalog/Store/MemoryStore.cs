using System.Collections.Concurrent;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog.Store;

/// <summary>Keeps texts for as long as the process lives. Other files would take too much, so they are only where they lie.</summary>
internal sealed class MemoryStore : IContentStore
{
    private readonly ConcurrentDictionary<string, byte[]> _contents = new(StringComparer.Ordinal);

    public bool KeepsFiles => false;

    public bool Has(string sha256) => _contents.ContainsKey(sha256);

    public void Put(string sha256, ReadOnlySpan<byte> content)
    {
        if (!_contents.ContainsKey(sha256)) _contents[sha256] = content.ToArray();
    }

    public byte[]? Get(string sha256) => _contents.GetValueOrDefault(sha256);

    public string? Lay(string revision, IEnumerable<SkillTreeFile> files) => null;

    public void Sweep(IReadOnlySet<string> wanted)
    {
        foreach (var key in _contents.Keys)
            if (!wanted.Contains(key)) _contents.TryRemove(key, out _);
    }
}
