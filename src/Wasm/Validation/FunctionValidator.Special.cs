using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Validation;

/// <content>Instructions whose type depends on the context (§3.3).</content>
internal sealed partial class FunctionValidator
{
    // That do the same work whenever they are come to, and are come to in every call.
    private static bool IsStraight(int code) => code is Opcode.Nop or Opcode.End or Opcode.Drop or Opcode.Select or Opcode.SelectTyped
        or Opcode.V128Const or Opcode.Shuffle or (>= Opcode.LocalGet and <= Opcode.GlobalSet) or (>= Opcode.I32Const and <= Opcode.F64Const);

    private void Special(ref WasmReader reader, int code)
    {
        straight &= IsStraight(code);
        switch (code)
        {
            case Opcode.Unreachable: MarkUnreachable(); break;
            case Opcode.Nop: break;
            case Opcode.Block or Opcode.Loop or Opcode.If: Block(ref reader, code); break;
            case Opcode.TryTable: TryTable(ref reader); break;
            case Opcode.Throw or Opcode.ThrowRef: Throw(ref reader, code); break;
            case Opcode.Else: Else(); break;
            case Opcode.End: End(); break;
            case Opcode.Br or Opcode.BrIf or Opcode.BrTable or Opcode.Return: Branch(ref reader, code); break;
            case Opcode.Call or Opcode.CallIndirect or Opcode.ReturnCall or Opcode.ReturnCallIndirect: Call(ref reader, code); break;
            case Opcode.Drop: PopAny(); break;
            case Opcode.Select: Select(); break;
            case Opcode.SelectTyped: SelectTyped(ref reader); break;
            case Opcode.LocalGet: Push(Local(ref reader)); break;
            case Opcode.LocalSet: Pop(Local(ref reader)); break;
            case Opcode.LocalTee: Tee(Local(ref reader)); break;
            case Opcode.I32Const: rotations.SeeConstant((ulong)reader.S32(), reader.Position); Push(ValueKind.I32); break;
            case Opcode.I64Const: rotations.SeeConstant((ulong)reader.S64(), reader.Position); Push(ValueKind.I64); break;
            case Opcode.F32Const: reader.Bytes(4); Push(ValueKind.F32); break;
            case Opcode.F64Const: reader.Bytes(8); Push(ValueKind.F64); break;
            case Opcode.V128Const: reader.Bytes(16); Push(ValueKind.V128); break;
            case Opcode.Shuffle: Shuffle(ref reader); break;
            case Opcode.GlobalGet or Opcode.GlobalSet: Global(ref reader, code); break;
            case Opcode.RefNull or Opcode.RefIsNull or Opcode.RefFunc: Reference(ref reader, code); break;
            case >= Opcode.MemoryInit and <= Opcode.MemoryFill or Opcode.MemorySize or Opcode.MemoryGrow: Memory(ref reader, code); break;
            default: TableOperation(ref reader, code); break;
        }
    }

    private void Block(ref WasmReader reader, int code)
    {
        if (code == Opcode.If) Pop(ValueKind.I32);
        if (!types.Block(ref reader, out var inputs, out var outputs)) throw Invalid("unknown type");
        if (inputs.Length > 0 || outputs.Length > 1) used |= UsedFeatures.MultiValue;
        Pop(inputs);
        Push(code, inputs, outputs);
    }

    private void Else()
    {
        if (frames[depth - 1].Code != Opcode.If) throw new DecodeException("END opcode expected", "code section", at);
        var frame = PopFrame();
        Push(Opcode.Else, frame.Inputs, frame.Outputs);
    }

    private void End()
    {
        var frame = PopFrame();
        if (frame.Code == Opcode.If && !((ReadOnlySpan<ValueKind>)frame.Inputs).Fit(frame.Outputs)) throw Invalid("type mismatch");
        Push(frame.Outputs);
    }

    private void Branch(ref WasmReader reader, int code)
    {
        switch (code)
        {
            case Opcode.Br:
                Pop(Label(reader.U32()));
                MarkUnreachable();
                break;
            case Opcode.BrIf:
                var kinds = Label(reader.U32());
                Pop(ValueKind.I32);
                Pop(kinds);
                Push(kinds);
                break;
            case Opcode.BrTable:
                BranchTable(ref reader);
                break;
            default:
                Pop(frames[0].Outputs);
                MarkUnreachable();
                break;
        }
    }

    private ValueKind[] Label(uint label) =>
        label < (uint)depth ? frames[depth - 1 - (int)label].LabelTypes : throw Invalid($"unknown label {label}");

    // The targets come before the default, whose arity they must have; so they are read twice.
    private void BranchTable(ref WasmReader reader)
    {
        Pop(ValueKind.I32);
        var count = reader.Count();
        var targets = reader;
        for (var i = 0; i < count; i++) reader.U32();
        var last = Label(reader.U32());
        for (var i = 0; i < count; i++)
        {
            var kinds = Label(targets.U32());
            if (kinds.Length != last.Length) throw Invalid("type mismatch");
            if (!ReferenceEquals(kinds, last)) Peek(kinds);
        }
        Pop(last);
        MarkUnreachable();
    }

    // Popping and pushing back, leaving what was there: in unreachable code bottom must stay bottom.
    private void Peek(ValueKind[] kinds)
    {
        ref var frame = ref frames[depth - 1];
        for (var i = 1; i <= kinds.Length; i++)
        {
            if (height - i < frame.Height)
            {
                if (frame.Unreachable) return;
                throw Invalid("type mismatch");
            }
            var found = stack[height - i];
            if (!found.Fits(kinds[^i]) && found != Unknown) throw Invalid("type mismatch");
        }
    }

    private void Call(ref WasmReader reader, int code)
    {
        var type = code is Opcode.Call or Opcode.ReturnCall ? Callee(ref reader) : IndirectCallee(ref reader);
        calls = true;
        Pop(types.Parameters(type));
        if (code is Opcode.Call or Opcode.CallIndirect)
        {
            Push(types.Results(type));
            return;
        }
        if (!((ReadOnlySpan<ValueKind>)types.Results(type)).Fit(frames[0].Outputs)) throw Invalid("type mismatch");
        MarkUnreachable();
    }

    private int Callee(ref WasmReader reader)
    {
        var index = reader.U32();
        return index < (uint)module.FunctionTypes.Count ? (int)module.FunctionTypes[(int)index] : throw Invalid($"unknown function {index}");
    }

    private int IndirectCallee(ref WasmReader reader)
    {
        var type = reader.U32();
        var table = reader.U32();
        if (Table(table).Element != ValueKind.FuncRef) throw Invalid("type mismatch");
        if (type >= (uint)types.Count) throw Invalid($"unknown type {type}");
        Pop(ValueKind.I32);
        return (int)type;
    }

    private void Select()
    {
        Pop(ValueKind.I32);
        var first = PopAny();
        var second = PopAny();
        if (first.IsReference() || second.IsReference()) throw Invalid("type mismatch");
        if (first != second && first != Unknown && second != Unknown) throw Invalid("type mismatch");
        Push(first == Unknown ? second : first);
    }

    private void SelectTyped(ref WasmReader reader)
    {
        if (reader.Count() != 1) throw Invalid("invalid result arity");
        var kind = TypeReader.Value(ref reader);
        Pop(ValueKind.I32);
        Pop(kind);
        Pop(kind);
        Push(kind);
    }

    private ValueKind Local(ref WasmReader reader)
    {
        var index = reader.U32();
        return index < (uint)localCount ? locals[index] : throw Invalid($"unknown local {index}");
    }

    private void Tee(ValueKind kind)
    {
        Pop(kind);
        Push(kind);
    }

    private void Shuffle(ref WasmReader reader)
    {
        foreach (var lane in reader.Bytes(16))
            if (lane >= 32) throw Invalid("invalid lane index");
        Pop(ValueKind.V128);
        Pop(ValueKind.V128);
        Push(ValueKind.V128);
    }

    private void Global(ref WasmReader reader, int code)
    {
        var index = reader.U32();
        if (index >= (uint)module.GlobalTypes.Count) throw Invalid($"unknown global {index}");
        var type = module.GlobalTypes[(int)index];
        if (code == Opcode.GlobalGet)
        {
            Push(type.Content);
            return;
        }
        if (!type.IsMutable) throw Invalid($"global is immutable: {index}");
        Pop(type.Content);
    }

    private void Reference(ref WasmReader reader, int code)
    {
        switch (code)
        {
            case Opcode.RefNull:
                Push(TypeReader.Reference(ref reader));
                break;
            case Opcode.RefIsNull:
                var kind = PopAny();
                if (kind != Unknown && !kind.IsReference()) throw Invalid("type mismatch");
                Push(ValueKind.I32);
                break;
            default:
                var function = reader.U32();
                if (function >= (uint)module.FunctionTypes.Count) throw Invalid($"unknown function {function}");
                if (!module.DeclaredFunctions.Contains(function)) throw Invalid($"undeclared function reference {function}");
                Push(ValueKind.FuncRef);
                break;
        }
    }
}
