using static ClawGrains.Fuzz.Wasm.Generation.ValType;

namespace ClawGrains.Fuzz.Wasm.Generation;

internal sealed partial class FunctionGenerator
{
    private sealed record Access(int Code, ValType Type, int Alignment, int Lanes = 0);

    private static readonly Access[] Loads =
    [
        new(0x28, I32, 2), new(0x29, I64, 3), new(0x2A, F32, 2), new(0x2B, F64, 3), new(0x2C, I32, 0), new(0x2D, I32, 0),
        new(0x2E, I32, 1), new(0x2F, I32, 1), new(0x30, I64, 0), new(0x31, I64, 0), new(0x32, I64, 1), new(0x33, I64, 1),
        new(0x34, I64, 2), new(0x35, I64, 2), Vector(0, 4), Vector(1, 3), Vector(2, 3), Vector(3, 3), Vector(4, 3), Vector(5, 3),
        Vector(6, 3), Vector(7, 0), Vector(8, 1), Vector(9, 2), Vector(10, 3), Vector(92, 2), Vector(93, 3),
        Vector(84, 0, 16), Vector(85, 1, 8), Vector(86, 2, 4), Vector(87, 3, 2),
    ];

    private static readonly Access[] Stores =
    [
        new(0x36, I32, 2), new(0x37, I64, 3), new(0x38, F32, 2), new(0x39, F64, 3), new(0x3A, I32, 0), new(0x3B, I32, 1),
        new(0x3C, I64, 0), new(0x3D, I64, 1), new(0x3E, I64, 2), Vector(11, 4),
        Vector(88, 0, 16), Vector(89, 1, 8), Vector(90, 2, 4), Vector(91, 3, 2),
    ];

    private static readonly uint[] Offsets = [0, 1, 3, 8, 100, 65528, 65535, 65536, 131072, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    private static Access Vector(int number, int alignment, int lanes = 0) =>
        new(Operators.Simd + number, V128, alignment, lanes);

    private void Load(ValType type, int depth)
    {
        var access = _rng.Pick(Loads.Where(a => a.Type == type).ToArray());
        Address(depth, 0x3FFF);
        if (access.Lanes > 0) Expression(V128, depth - 1);
        Write(access);
    }

    private void Store(int depth)
    {
        var access = _rng.Pick(Stores);
        Address(depth, 0x3FFF);
        Expression(access.Type, depth - 1);
        Write(access);
    }

    /// <summary>Sets a local to an address that often lies near an edge of the memory.</summary>
    private void Point(int local, int depth)
    {
        var page = 0x10000 * _rng.Below(ModuleShape.MemoryMax + 1);
        Address(depth, 63);
        _w.Byte(0x41).S64(_rng.Chance(1, 3) ? _rng.Below(0x4000) : page - _rng.Below(96)).Byte(0x6A).Byte(0x21).U32(local);
    }

    /// <summary>Accesses at constant distances from these locals, on a straight line.</summary>
    private void Turn(int[] pointers, int depth)
    {
        if (pointers.Length == 0) return;
        for (var left = _rng.Below(9); left > 0; left--) AccessNear(_rng.Pick(pointers), depth);
        foreach (var pointer in pointers) _w.Byte(0x20).U32(pointer).Byte(0x41).S64(_rng.Below(40) - 8).Byte(0x6A).Byte(0x21).U32(pointer);
    }

    private void AccessNear(int pointer, int depth)
    {
        var plus = _rng.Chance(1, 2) ? 0 : _rng.Below(80) - 40;
        _w.Byte(0x20).U32(pointer);
        if (plus != 0) _w.Byte(0x41).S64(Math.Abs(plus)).Byte(plus < 0 ? 0x6B : 0x6A);
        if (_rng.Chance(1, 6)) _w.Byte(0x22).U32(_rng.Chance(1, 2) ? pointer : Local(I32));
        var access = _rng.Chance(1, 2) ? _rng.Pick(Stores) : _rng.Pick(Loads);
        var stores = Array.IndexOf(Stores, access) >= 0;
        if (stores) Expression(access.Type, Math.Min(depth - 1, 2));
        else if (access.Lanes > 0) Leaf(V128);
        _w.Op(access.Code).U32(_rng.Below(access.Alignment + 1)).U32(_rng.Chance(1, 40) ? _rng.Pick(Offsets) : (uint)_rng.Below(24));
        if (access.Lanes > 0) _w.Byte(_rng.Below(access.Lanes));
        if (!stores) Consume([access.Type]);
    }

    private void Write(Access access)
    {
        var memory = Memory();
        _w.Op(access.Code).U32(_rng.Below(access.Alignment + 1) | (memory > 0 ? 0x40 : 0));
        if (memory > 0) _w.U32(memory);
        _w.U32(_rng.Chance(1, 40) ? _rng.Pick(Offsets) : (uint)_rng.Below(0x4000));
        if (access.Lanes > 0) _w.Byte(_rng.Below(access.Lanes));
    }

    // Without a second memory nothing is drawn, so that older seeds stay what they were.
    private int Memory() => _shape.Memories > 1 ? _rng.Below(_shape.Memories) : 0;

    /// <summary>Values that no plain operator makes: sizes, growth, references.</summary>
    private void Special(ValType type, int depth)
    {
        switch (type)
        {
            case I32: SpecialInteger(depth); break;
            case FuncRef: Address(depth, 15); _w.Byte(0x25).U32(0); break;
            case ExternRef: Address(depth, 7); _w.Byte(0x25).U32(1); break;
            default: Leaf(type); break;
        }
    }

    private void SpecialInteger(int depth)
    {
        switch (_rng.Below(6))
        {
            case 0: _w.Byte(0x3F).U32(Memory()); break;
            case 1: _w.Byte(0x41).S64(_rng.Below(3)).Byte(0x40).U32(Memory()); break;
            case 2: _w.Op(Operators.Numeric2 + 16).U32(_rng.Below(2)); break;
            case 3: Grow(_rng.Below(2), depth); break;
            case 4: Expression(FuncRef, depth - 1); _w.Byte(0xD1); break;
            default: Expression(ExternRef, depth - 1); _w.Byte(0xD1); break;
        }
    }

    private void Grow(int table, int depth)
    {
        Expression(table == 0 ? FuncRef : ExternRef, depth - 1);
        _w.Byte(0x41).S64(_rng.Below(4)).Op(Operators.Numeric2 + 15).U32(table);
    }

    /// <summary>A bulk operation on memory or a table.</summary>
    private void Bulk(int depth)
    {
        switch (_rng.Below(9))
        {
            case 0: Three(depth, 0x7FFF, 63); _w.Op(Operators.Numeric2 + 8).U32(_rng.Below(3)).U32(Memory()); break;
            case 1 when _rng.Chance(1, 4): _w.Op(Operators.Numeric2 + 9).U32(_rng.Below(3)); break;
            case 2: Three(depth, 0x7FFF, 0x7FFF); _w.Op(Operators.Numeric2 + 10).U32(Memory()).U32(Memory()); break;
            case 3: Three(depth, 0x7FFF, 255); _w.Op(Operators.Numeric2 + 11).U32(Memory()); break;
            case 4: Three(depth, 7, 3); _w.Op(Operators.Numeric2 + 12).U32(1).U32(0); break;
            case 5 when _rng.Chance(1, 4): _w.Op(Operators.Numeric2 + 13).U32(_rng.Below(3)); break;
            case 6: Three(depth, 7, 7); _w.Op(Operators.Numeric2 + 14).U32(0).U32(0); break;
            case 7: Address(depth, 7); Expression(FuncRef, depth - 1); Address(depth, 3); _w.Op(Operators.Numeric2 + 17).U32(0); break;
            default: TableSet(depth); break;
        }
    }

    private void Three(int depth, int to, int from)
    {
        Address(depth, to);
        Address(depth, from);
        Address(depth, _rng.Chance(1, 2) ? 7 : from);
    }

    private void TableSet(int depth)
    {
        var table = _rng.Below(2);
        Address(depth, 7);
        Expression(table == 0 ? FuncRef : ExternRef, depth - 1);
        _w.Byte(0x26).U32(table);
    }
}
