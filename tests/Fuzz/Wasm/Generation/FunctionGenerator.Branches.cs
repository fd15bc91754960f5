using static ClawGrains.Fuzz.Wasm.Generation.ValType;

namespace ClawGrains.Fuzz.Wasm.Generation;

internal sealed partial class FunctionGenerator
{
    /// <summary>Labels, as depths, that a branch may go to without turning back.</summary>
    private int[] Forward(Func<Label, bool>? fits = null) =>
        [.. Enumerable.Range(0, _labels.Count).Where(d => At(d) is { IsLoop: false, IsHidden: false } l && (fits?.Invoke(l) ?? true))];

    private Label At(int depth) => _labels[_labels.Count - 1 - depth];

    private void BranchIf(int depth)
    {
        var target = _rng.Pick(Forward());
        Push(At(target).Types, depth - 1);
        Expression(I32, depth - 1);
        _w.Byte(0x0D).U32(target);
        Consume(At(target).Types);
    }

    /// <summary>Leaves for good, by any means, and then writes a little of what can't be reached.</summary>
    private void Jump(int depth)
    {
        switch (_rng.Below(12))
        {
            case < 4: Branch(depth); break;
            case < 7: BranchTable(depth); break;
            case < 9: Push(_type.Results, depth - 1); _w.Byte(0x0F); break;
            case < 11: TailCall(depth); break;
            default: if (_rng.Chance(1, 4)) _w.Byte(0x00); else Branch(depth); break;
        }
        Unreachable();
    }

    private void Branch(int depth)
    {
        var target = _rng.Pick(Forward());
        Push(At(target).Types, depth - 1);
        _w.Byte(0x0C).U32(target);
    }

    private void BranchTable(int depth)
    {
        var first = At(_rng.Pick(Forward())).Types;
        var targets = Forward(l => l.Types.SequenceEqual(first));
        Push(first, depth - 1);
        Address(depth, 7);
        var count = _rng.Below(8);
        _w.Byte(0x0E).U32(count);
        for (var i = 0; i <= count; i++) _w.U32(_rng.Pick(targets));
    }

    private void TailCall(int depth)
    {
        var fitting = Enumerable.Range(0, _shape.Functions.Length)
            .Where(f => _shape.TypeOf(f).Results.SequenceEqual(_type.Results)).ToArray();
        if (fitting.Length == 0) Branch(depth);
        else Call(_rng.Pick(fitting), depth, tail: true);
    }

    /// <summary>Code behind a jump: the stack there has any type.</summary>
    private void Unreachable()
    {
        switch (_rng.Below(6))
        {
            case 0: _w.Byte(0x6A).Byte(0x1A); break;
            case 1: _w.Byte(0x1B).Byte(0x1A); break;
            case 2: _w.Byte(0x41).S64(5).Byte(0x42).S64(6).Byte(0x1A).Byte(0x45).Byte(0x1A); break;
            case 3: _w.Byte(0x02).Type(I64).Byte(0x00).Byte(0x0B).Byte(0x50).Byte(0x1A); break;
            case 4: _w.Byte(0x20).U32(Local(F64)).Byte(0x9A).Byte(0x1A).Byte(0x1A); break;
        }
    }

    /// <summary>Turns back to a loop while the budget lasts and a condition holds.</summary>
    private void Continue(int depth, int? index = null)
    {
        var loops = Enumerable.Range(0, _labels.Count).Where(i => _labels[i].IsLoop).ToArray();
        if (loops.Length == 0) return;
        var label = index ?? _rng.Pick(loops);
        var types = _labels[label].Types;
        Pay();
        Push(types, depth - 1);
        Expression(I32, depth - 1);
        Budget().Byte(0x41).S64(0).Byte(0x4A).Byte(0x71);
        _w.Byte(0x0D).U32(_labels.Count - 1 - label);
        Consume(types);
    }
}
