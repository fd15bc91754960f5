using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Validation;

/// <content>Exception handling (WebAssembly 3.0, §3.3).</content>
internal sealed partial class FunctionValidator
{
    // The JIT's work on protected regions grows faster than their number.
    private const int MostTries = 1000;

    // The labels of the clauses are those outside of the block.
    private void TryTable(ref WasmReader reader)
    {
        if (++tries > MostTries) throw Invalid($"too many try_table: {MostTries} allowed in a function");
        if (!types.Block(ref reader, out var inputs, out var outputs)) throw Invalid("unknown type");
        if (inputs.Length > 0 || outputs.Length > 1) used |= UsedFeatures.MultiValue;
        Pop(inputs);
        for (var left = reader.Count(); left > 0; left--) Clause(CatchClause.Read(ref reader));
        Push(Opcode.TryTable, inputs, outputs);
    }

    private void Clause(CatchClause clause)
    {
        ReadOnlySpan<ValueKind> carried = clause.Tag is { } tag ? Tag(tag) : [];
        ReadOnlySpan<ValueKind> given = clause.TakesReference ? [.. carried, ValueKind.ExnRef] : carried;
        if (!given.Fit(Label(clause.Label))) throw Invalid("type mismatch");
    }

    private void Throw(ref WasmReader reader, int code)
    {
        if (code == Opcode.Throw) Pop([.. Tag(reader.U32())]);
        else Pop(ValueKind.ExnRef);
        MarkUnreachable();
    }

    private ReadOnlySpan<ValueKind> Tag(uint index) =>
        index < (uint)module.Tags.Count ? module.Tags[(int)index].Type.Parameters.AsSpan() : throw Invalid($"unknown tag {index}");
}
