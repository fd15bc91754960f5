namespace ClawGrains.Wasm.Compilation;

/// <summary>The canonical signatures of an engine.</summary>
internal sealed class SignatureTable(bool metered)
{
    private readonly Lock gate = new();
    private readonly Dictionary<FunctionType, Signature> known = [];

    public Signature Get(FunctionType type)
    {
        lock (gate)
        {
            if (!known.TryGetValue(type, out var signature)) known[type] = signature = new Signature(known.Count + 1, type, metered);
            return signature;
        }
    }
}
