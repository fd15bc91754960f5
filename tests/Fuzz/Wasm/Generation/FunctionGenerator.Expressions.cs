using static ClawGrains.Fuzz.Wasm.Generation.ValType;

namespace ClawGrains.Fuzz.Wasm.Generation;

internal sealed partial class FunctionGenerator
{
    /// <summary>Pushes one value of <paramref name="type"/>.</summary>
    private void Expression(ValType type, int depth)
    {
        if (depth <= 0 || --_nodes <= 0)
        {
            Leaf(type);
            return;
        }
        switch (_rng.Below(20))
        {
            case < 2: Leaf(type); break;
            case 2: BlockExpression(type, depth); break;
            case 3: IfExpression(type, depth); break;
            case 4: CallExpression(type, depth); break;
            case 5: Select(type, depth); break;
            case 6 when HasLocal(type): Expression(type, depth - 1); _w.Byte(0x22).U32(Local(type)); break;
            case 7 or 8 when type is not (FuncRef or ExternRef): Load(type, depth); break;
            case 9: Special(type, depth); break;
            default: Operation(type, depth); break;
        }
    }

    private void Leaf(ValType type)
    {
        var globals = Enumerable.Range(2, _shape.Globals.Length - 2).Where(i => _shape.Globals[i].Type == type).ToArray();
        if (type == ExternRef && _rng.Chance(1, 3)) _w.Byte(0x23).U32(0);
        else if (globals.Length > 0 && _rng.Chance(1, 4)) _w.Byte(0x23).U32(_rng.Pick(globals));
        else if (_rng.Chance(1, 2) && HasLocal(type)) _w.Byte(0x20).U32(Local(type));
        else Constant(type);
    }

    private void Operation(ValType type, int depth)
    {
        var all = Operators.ByResult[type].ToArray();
        if (all.Length == 0)
        {
            Special(type, depth);
            return;
        }
        var op = _rng.Pick(all);
        if (op.Traps && _rng.Chance(4, 5)) op = _rng.Pick(all.Where(o => !o.Traps).ToArray());
        Push(op.Operands, depth - 1);
        _w.Op(op.Code);
        if (op.Immediate == Immediate.Lane) _w.Byte(_rng.Below(op.Lanes));
        if (op.Immediate == Immediate.Shuffle)
            for (var i = 0; i < 16; i++) _w.Byte(_rng.Below(32));
        Canonicalize(op.Canonical);
    }

    /// <summary>Replaces a NaN by the canonical one: the standard leaves its bits open, and we compare bits.</summary>
    private void Canonicalize(Canonical how)
    {
        switch (how)
        {
            case Canonical.F32: Canonicalize(CanonF32, 0x5B, () => _w.Byte(0x43).F32(0x7FC00000), 0x1B); break;
            case Canonical.F64: Canonicalize(CanonF64, 0x61, () => _w.Byte(0x44).F64(0x7FF8000000000000), 0x1B); break;
            case Canonical.F32x4: CanonicalizeVector(65, 0x7FC000007FC00000); break;
            case Canonical.F64x2: CanonicalizeVector(71, 0x7FF8000000000000); break;
        }
    }

    private void CanonicalizeVector(int equal, ulong nan) => Canonicalize(
        CanonV128, Operators.Simd + equal, () => _w.Op(Operators.Simd + 12).F64(nan).F64(nan), Operators.Simd + 82);

    private void Canonicalize(int local, int equal, Action nan, int choose)
    {
        _w.Byte(0x22).U32(local);
        nan();
        _w.Byte(0x20).U32(local).Byte(0x20).U32(local).Op(equal).Op(choose);
    }

    private void Select(ValType type, int depth)
    {
        if (_shape.IsCrowded && type is I32 && _rng.Chance(1, 2))
        {
            SelectCompared();
            return;
        }
        Push([type, type, I32], depth - 1);
        if (type is FuncRef or ExternRef || _rng.Chance(1, 4)) _w.Byte(0x1C).U32(1).Type(type);
        else _w.Byte(0x1B);
    }

    // The smaller or larger of two.
    private void SelectCompared()
    {
        int[] compared = [Local(I32), Local(I32)];
        foreach (var local in _rng.Chance(1, 2) ? compared : [compared[1], compared[0]]) _w.Byte(0x20).U32(local);
        foreach (var local in compared) _w.Byte(0x20).U32(local);
        _w.Byte((byte)(0x48 + _rng.Below(8))).Byte(0x1B);
    }

    private void BlockExpression(ValType type, int depth)
    {
        _w.Byte(0x02).Type(type);
        Scope(new Label([type], false), () =>
        {
            Statements(_rng.Below(3), depth - 1);
            Expression(type, depth - 1);
        });
    }

    private void IfExpression(ValType type, int depth)
    {
        Expression(I32, depth - 1);
        _w.Byte(0x04).Type(type);
        Scope(new Label([type], false), () =>
        {
            Statements(_rng.Below(2), depth - 1);
            Expression(type, depth - 1);
            _w.Byte(0x05);
            Statements(_rng.Below(2), depth - 1);
            Expression(type, depth - 1);
        });
    }

    private void CallExpression(ValType type, int depth)
    {
        var fitting = Enumerable.Range(0, _shape.Functions.Length)
            .Where(f => _shape.TypeOf(f).Results is [var first, ..] && first == type).ToArray();
        if (fitting.Length == 0)
        {
            Operation(type, depth);
            return;
        }
        var callee = _rng.Pick(fitting);
        Call(callee, depth, tail: false);
        for (var i = 1; i < _shape.TypeOf(callee).Results.Length; i++) _w.Byte(0x1A);
    }

    /// <summary>Directly, or through the table's slot that begins with the function.</summary>
    private void Call(int callee, int depth, bool tail)
    {
        Push(_shape.TypeOf(callee).Parameters, depth - 1);
        var slot = Array.IndexOf(_shape.Elements, callee);
        if (slot < 0 || _rng.Chance(1, 2))
        {
            _w.Byte(tail ? 0x12 : 0x10).U32(callee);
            return;
        }
        if (_rng.Chance(1, 12)) Address(depth, 15);
        else _w.Byte(0x41).S64(slot);
        _w.Byte(tail ? 0x13 : 0x11).U32(_shape.Functions[callee]).U32(0);
    }

    /// <summary>An i32 below <paramref name="mask"/> + 1, now and then not.</summary>
    private void Address(int depth, int mask)
    {
        Expression(I32, Math.Min(depth - 1, 2));
        if (_rng.Chance(29, 30)) _w.Byte(0x41).S64(mask).Byte(0x71);
    }
}
