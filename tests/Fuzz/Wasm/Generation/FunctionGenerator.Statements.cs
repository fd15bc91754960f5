using static ClawGrains.Fuzz.Wasm.Generation.ValType;

namespace ClawGrains.Fuzz.Wasm.Generation;

internal sealed partial class FunctionGenerator
{
    private void Statements(int count, int depth)
    {
        for (var i = 0; i < count; i++) Statement(depth);
    }

    /// <summary>Leaves the stack as it was.</summary>
    private void Statement(int depth)
    {
        if (depth <= 0 || --_nodes <= 0)
        {
            _w.Byte(0x01);
            return;
        }
        if (_shape.IsExtended && _rng.Chance(1, 6))
        {
            Exceptional(depth);
            return;
        }
        switch (_rng.Below(22))
        {
            case < 4: SetLocal(depth); break;
            case < 6: SetGlobal(depth); break;
            case < 9: Store(depth); break;
            case 9: Expression(ModuleShape.AnyType(_rng), depth - 1); _w.Byte(0x1A); break;
            case 10 or 11: Block(depth, loop: false); break;
            case 12 or 13: Block(depth, loop: true); break;
            case 14: If(depth); break;
            case 15: CallStatement(depth); break;
            case 16: Bulk(depth); break;
            case 17: BranchIf(depth); break;
            case 18: Guarded(() => Jump(depth), depth); break;
            case 19: Continue(depth); break;
            case 20: Trace(depth); break;
            default: SetLocal(depth); break;
        }
    }

    private void SetLocal(int depth)
    {
        var type = ModuleShape.AnyType(_rng);
        Expression(type, depth - 1);
        if (HasLocal(type)) _w.Byte(0x21).U32(Local(type));
        else _w.Byte(0x1A);
    }

    private void SetGlobal(int depth)
    {
        var mutable = Enumerable.Range(2, _shape.Globals.Length - 2).Where(i => _shape.Globals[i].Mutable).ToArray();
        if (mutable.Length == 0) return;
        var global = _rng.Pick(mutable);
        Expression(_shape.Globals[global].Type, depth - 1);
        _w.Byte(0x24).U32(global);
    }

    private void Trace(int depth)
    {
        Expression(I64, depth - 1);
        _w.Byte(0x10).U32(0);
    }

    private void CallStatement(int depth)
    {
        var callee = _rng.Below(_shape.Functions.Length);
        Call(callee, depth, tail: false);
        Consume(_shape.TypeOf(callee).Results);
    }

    private void Scope(Label label, Action body)
    {
        _labels.Add(label);
        body();
        _labels.RemoveAt(_labels.Count - 1);
        _w.Byte(0x0B);
    }

    /// <summary>A block or loop of any type: parameters in, results out, what is left over consumed.</summary>
    private void Block(int depth, bool loop)
    {
        var mark = _rng.Pick(_shape.Types);
        Push(mark.Parameters, depth - 1);
        int[] pointers = loop && _shape.Kind == ModuleKind.Loops ? [Local(I32), Local(I32)] : [];
        foreach (var pointer in pointers) Point(pointer, depth);
        _w.Byte(loop ? 0x03 : 0x02);
        var type = BlockType(t => ReferenceEquals(t, mark));
        Scope(new Label(loop ? type.Parameters : type.Results, loop), () =>
        {
            Consume(type.Parameters);
            if (loop && _shape.IsCrowded) TouchIntegers();
            Turn(pointers, depth);
            Statements(_rng.Below(4), depth - 1);
            if (loop) Continue(depth, _labels.Count - 1);
            Push(type.Results, depth - 1);
        });
        Consume(type.Results);
    }

    private void If(int depth)
    {
        var mark = _rng.Pick(_shape.Types);
        Push(mark.Parameters, depth - 1);
        Expression(I32, depth - 1);
        _w.Byte(0x04);
        var type = BlockType(t => ReferenceEquals(t, mark));
        var canOmitElse = type.Parameters.SequenceEqual(type.Results);
        Scope(new Label(type.Results, false), () =>
        {
            Arm(type, depth);
            if (canOmitElse && _rng.Chance(1, 2)) return;
            _w.Byte(0x05);
            Arm(type, depth);
        });
        Consume(type.Results);
    }

    private void Arm(FuncType type, int depth)
    {
        Consume(type.Parameters);
        Statements(_rng.Below(3), depth - 1);
        Push(type.Results, depth - 1);
    }

    private void Guarded(Action body, int depth)
    {
        Expression(I32, depth - 1);
        _w.Byte(0x04).Byte(0x40);
        Scope(new Label([], false), body);
    }
}
