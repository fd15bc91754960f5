using static ClawGrains.Fuzz.Wasm.Generation.ValType;

namespace ClawGrains.Fuzz.Wasm.Generation;

/// <summary>
/// Writes one function body. Every expression pushes exactly what it promises and every statement leaves the stack as it
/// was, so the body is valid by construction; every loop and every call pays from the budget global, so it ends.
/// </summary>
internal sealed partial class FunctionGenerator
{
    private sealed record Label(ValType[] Types, bool IsLoop, bool IsHidden = false);

    private const int LocalsPerType = 2, LocalsPerTypeOfACrowd = 9;
    private static readonly ValType[] AllTypes = [I32, I64, F32, F64, V128, FuncRef, ExternRef];

    private readonly Rng _rng;
    private readonly ModuleShape _shape;
    private readonly FuncType _type;
    private readonly WasmWriter _w = new();
    private readonly List<ValType> _locals;
    private readonly Dictionary<ValType, int[]> _localsOf;
    private readonly List<Label> _labels = [];
    private int _nodes;

    public FunctionGenerator(Rng rng, ModuleShape shape, FuncType type)
    {
        (_rng, _shape, _type) = (rng, shape, type);
        var types = shape.Kind == ModuleKind.Loops ? AllTypes.Where(t => t is not (FuncRef or ExternRef)) : AllTypes;
        _locals = [.. type.Parameters, .. types.SelectMany(t => Enumerable.Repeat(t, shape.IsCrowded ? LocalsPerTypeOfACrowd : LocalsPerType)), F32, F64, V128];
        var visible = _locals.Count - 3;
        _localsOf = AllTypes.ToDictionary(t => t, t => Enumerable.Range(0, visible).Where(i => _locals[i] == t).ToArray());
        _nodes = 20 + rng.Below(rng.Chance(1, 4) ? 400 : 100);
    }

    private int CanonF32 => _locals.Count - 3;
    private int CanonF64 => _locals.Count - 2;
    private int CanonV128 => _locals.Count - 1;

    /// <summary>The code entry: locals and body.</summary>
    public byte[] Write()
    {
        PayOrReturn();
        if (_shape.IsCrowded) TouchIntegers();
        _labels.Add(new Label(_type.Results, false));
        Statements(1 + _rng.Below(8), 4);
        foreach (var r in _type.Results) Expression(r, 4);
        _w.Byte(0x0B);
        var entry = new WasmWriter();
        var extra = _locals.Skip(_type.Parameters.Length).ToArray();
        entry.U32(extra.Length);
        foreach (var t in extra) entry.U32(1).Type(t);
        return entry.Bytes(_w.ToArray()).ToArray();
    }

    /// <summary>Takes one from the budget; without any left the function returns zeros at once.</summary>
    private void PayOrReturn()
    {
        Budget().Byte(0x41).S64(0).Byte(0x4C).Byte(0x04).Byte(0x40);
        foreach (var r in _type.Results) Zero(r);
        _w.Byte(0x0F).Byte(0x0B);
        Pay();
    }

    private void Pay() => Budget().Byte(0x41).S64(1).Byte(0x6B).Byte(0x24).U32(ModuleShape.BudgetGlobal);

    private WasmWriter Budget() => _w.Byte(0x23).U32(ModuleShape.BudgetGlobal);

    // The compiler counts the locals of innermost loops, and of bodies without any.
    private void TouchIntegers()
    {
        foreach (var local in _localsOf[I32].Concat(_localsOf[I64])) _w.Byte(0x20).U32(local).Byte(0x21).U32(local);
    }

    private int Local(ValType type) => _rng.Pick(_localsOf[type]);

    private bool HasLocal(ValType type) => _localsOf[type].Length > 0;

    private void Zero(ValType type) => Constant(type, zero: true);

    private void Constant(ValType type, bool zero = false)
    {
        switch (type)
        {
            case I32: _w.Byte(0x41).S64(zero ? 0 : (int)_rng.Integer()); break;
            case I64: _w.Byte(0x42).S64(zero ? 0 : _rng.Integer()); break;
            case F32: _w.Byte(0x43).F32(zero ? 0 : _rng.SingleBits()); break;
            case F64: _w.Byte(0x44).F64(zero ? 0 : _rng.DoubleBits()); break;
            case V128: VectorConstant(zero); break;
            case FuncRef when !zero && _rng.Chance(3, 4): _w.Byte(0xD2).U32(_rng.Below(_shape.Functions.Length)); break;
            default: _w.Byte(0xD0).Type(type); break;
        }
    }

    private void VectorConstant(bool zero)
    {
        _w.Op(Operators.Simd + 12);
        switch (zero ? 0 : _rng.Below(3))
        {
            case 0: _w.F64(zero ? 0 : (ulong)_rng.Integer()).F64(zero ? 0 : (ulong)_rng.Integer()); break;
            case 1: _w.F64(_rng.DoubleBits()).F64(_rng.DoubleBits()); break;
            default: _w.F32(_rng.SingleBits()).F32(_rng.SingleBits()).F32(_rng.SingleBits()).F32(_rng.SingleBits()); break;
        }
    }

    /// <summary>Moves the top values, last type on top, into locals or away.</summary>
    private void Consume(IReadOnlyList<ValType> types)
    {
        for (var i = types.Count - 1; i >= 0; i--)
            if (_rng.Chance(2, 3) && HasLocal(types[i])) _w.Byte(0x21).U32(Local(types[i]));
            else _w.Byte(0x1A);
    }

    private void Push(IReadOnlyList<ValType> types, int depth)
    {
        foreach (var t in types) Expression(t, depth);
    }

    /// <summary>The type of a block: none, one result, or an index where the module has such a function type.</summary>
    private FuncType BlockType(Func<FuncType, bool> fits)
    {
        var candidates = _shape.Types.Where(fits).ToArray();
        var type = _rng.Pick(candidates);
        _w.U32(Array.IndexOf(_shape.Types, type));
        return type;
    }
}
