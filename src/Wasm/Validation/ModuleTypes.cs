using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Validation;

/// <summary>The parameters and results of types as arrays, and the types of blocks (§3.2.2).</summary>
internal sealed class ModuleTypes(ModuleData module)
{
    private static readonly ValueKind[] None = [];
    private static readonly ValueKind[][] Single = [.. Enumerable.Range(0, 256).Select(code => new[] { (ValueKind)code })];

    private readonly ValueKind[][] parameters = [.. module.Types.Select(type => type.Parameters.ToArray())];
    private readonly ValueKind[][] results = [.. module.Types.Select(type => type.Results.ToArray())];

    public int Count => parameters.Length;

    public ValueKind[] Parameters(int type) => parameters[type];

    public ValueKind[] Results(int type) => results[type];

    /// <summary>Reads a block type; a type index is returned unchecked as a negative pair when it doesn't exist.</summary>
    public bool Block(ref WasmReader reader, out ValueKind[] inputs, out ValueKind[] outputs)
    {
        inputs = None;
        outputs = None;
        var first = reader.Peek();
        if (first == 0x40 || TypeReader.IsValue(first, reader.Enabled))
        {
            reader.Position++;
            if (first != 0x40) outputs = Single[first];
            return true;
        }
        var at = reader.Position;
        var index = reader.S33();
        if (index < 0) throw reader.MalformedAt(TypeReader.UnknownBlock(first), at);
        if (index >= Count) return false;
        inputs = parameters[index];
        outputs = results[index];
        return true;
    }
}
