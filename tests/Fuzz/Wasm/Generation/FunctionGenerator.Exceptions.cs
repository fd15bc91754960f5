namespace ClawGrains.Fuzz.Wasm.Generation;

internal sealed partial class FunctionGenerator
{
    private const int ExnRef = 0x69;

    /// <summary>Something of exception handling that leaves the stack as it was.</summary>
    private void Exceptional(int depth)
    {
        switch (_rng.Below(4))
        {
            case 0: Guarded(() => Throw(depth), depth); break;
            case 1: CatchReference(depth); break;
            default: Try(depth); break;
        }
    }

    private void Throw(int depth)
    {
        var tag = _rng.Below(_shape.Tags.Length);
        Push(_shape.Types[_shape.Tags[tag]].Parameters, depth - 1);
        _w.Byte(0x08).U32(tag);
        Unreachable();
    }

    /// <summary>A block of any type whose clauses go to labels outside that fit.</summary>
    private void Try(int depth)
    {
        var mark = _rng.Pick(_shape.Types);
        Push(mark.Parameters, depth - 1);
        _w.Byte(0x1F);
        var type = BlockType(t => ReferenceEquals(t, mark));
        Clauses();
        Scope(new Label(type.Results, false), () =>
        {
            Consume(type.Parameters);
            Body(depth);
            Push(type.Results, depth - 1);
        });
        Consume(type.Results);
    }

    private void Body(int depth)
    {
        Statements(1 + _rng.Below(3), depth - 1);
        if (_rng.Chance(1, 2)) Guarded(() => Throw(depth), depth);
        if (_rng.Chance(1, 2)) CallStatement(depth);
    }

    // A tag stands for what it carries, none for nothing.
    private void Clauses()
    {
        int?[] wanted = [.. Enumerable.Range(0, _rng.Below(4)).Select(_ => _rng.Chance(1, 4) ? (int?)null : _rng.Below(_shape.Tags.Length))];
        var fitting = wanted.Select(tag => (Tag: tag, Labels: Forward(l => l.Types.SequenceEqual(Carried(tag))))).Where(c => c.Labels.Length > 0).ToArray();
        _w.U32(fitting.Length);
        foreach (var (tag, labels) in fitting)
        {
            _w.Byte(tag is null ? 2 : 0);
            if (tag is { } index) _w.U32(index);
            _w.U32(_rng.Pick(labels));
        }
    }

    private ValType[] Carried(int? tag) => tag is { } index ? _shape.Types[_shape.Tags[index]].Parameters : [];

    /// <summary>Catches everything by reference, and drops the reference or throws it again.</summary>
    private void CatchReference(int depth)
    {
        _w.Byte(0x02).Byte(0x40);
        Scope(new Label([], false), () =>
        {
            _w.Byte(0x02).Byte(ExnRef);
            Scope(new Label([], false, IsHidden: true), () =>
            {
                _w.Byte(0x1F).Byte(0x40).U32(1).Byte(3).U32(0);
                Scope(new Label([], false), () => Body(depth));
                _w.Byte(0x0C).U32(1);
            });
            _w.Byte(_rng.Chance(2, 3) ? 0x1A : 0x0A);
        });
    }
}
