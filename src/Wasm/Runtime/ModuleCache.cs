using System.Security.Cryptography;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Compiled modules by the hash of their binary, the least recently used let go first.</summary>
internal sealed class ModuleCache(long maxBytes)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, Module Module)>> entries = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, Module Module)> order = new();
    private long held;

    public static string Key(ReadOnlySpan<byte> binary, WasmFeatures features)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(binary, hash);
        return $"{Convert.ToHexString(hash)}{(int)features}";
    }

    public Module? Find(string key)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(key, out var node)) return null;
            order.Remove(node);
            order.AddFirst(node);
            return node.Value.Module;
        }
    }

    public void Add(string key, Module module)
    {
        lock (gate)
        {
            if (module.Size > maxBytes || entries.ContainsKey(key)) return;
            entries[key] = order.AddFirst((key, module));
            held += module.Size;
            while (held > maxBytes) Evict();
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
            order.Clear();
            held = 0;
        }
    }

    private void Evict()
    {
        var (key, module) = order.Last!.Value;
        order.RemoveLast();
        entries.Remove(key);
        held -= module.Size;
    }
}
