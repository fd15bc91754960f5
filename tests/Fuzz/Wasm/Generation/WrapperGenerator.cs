using static ClawGrains.Fuzz.Wasm.Generation.ValType;

namespace ClawGrains.Fuzz.Wasm.Generation;

/// <summary>
/// Writes for each function a wrapper of i64s only, so that a host of any kind can call it and see every bit:
/// floats as their bits, vectors as two numbers, references as whether they are null.
/// </summary>
internal sealed class WrapperGenerator(ModuleShape shape)
{
    /// <summary>What one call may spend: calls and turns of loops.</summary>
    private const int Budget = 400;

    public FuncType TypeOf(FuncType target) => new(Flat(target.Parameters), Flat(target.Results));

    /// <summary>The type of the function that answers all globals.</summary>
    public FuncType GlobalsType => new([], Flat([.. shape.Globals.Select(g => g.Type)]));

    /// <summary>Sets the budget, turns i64s into the arguments, calls, turns the results into i64s.</summary>
    public byte[] Wrap(int function)
    {
        var target = shape.TypeOf(function);
        var w = new WasmWriter();
        var results = Locals(w, target.Results);
        w.Byte(0x41).S64(Budget).Byte(0x24).U32(ModuleShape.BudgetGlobal);
        var next = 0;
        foreach (var p in target.Parameters) next = Argument(w, p, next);
        w.Byte(0x10).U32(function);
        for (var i = target.Results.Length - 1; i >= 0; i--) w.Byte(0x21).U32(next + i);
        for (var i = 0; i < results; i++) Result(w, target.Results[i], 0x20, next + i);
        return w.Byte(0x0B).ToArray();
    }

    public byte[] Globals()
    {
        var w = new WasmWriter().U32(0);
        for (var i = 0; i < shape.Globals.Length; i++) Result(w, shape.Globals[i].Type, 0x23, i);
        return w.Byte(0x0B).ToArray();
    }

    /// <summary>Whether the element of a table is null: 1, 0, or 2 beyond its end.</summary>
    public static byte[] Element(int table) => new WasmWriter().U32(0)
        .Byte(0x20).U32(0).Byte(0xA7).Op(Operators.Numeric2 + 16).U32(table).Byte(0x4F)
        .Byte(0x04).Type(I64).Byte(0x42).S64(2)
        .Byte(0x05).Byte(0x20).U32(0).Byte(0xA7).Byte(0x25).U32(table).Byte(0xD1).Byte(0xAD).Byte(0x0B)
        .Byte(0x0B).ToArray();

    private static int Locals(WasmWriter w, ValType[] types)
    {
        w.U32(types.Length);
        foreach (var t in types) w.U32(1).Type(t);
        return types.Length;
    }

    private static int Argument(WasmWriter w, ValType type, int local)
    {
        if (type is FuncRef) w.Byte(0xD2).U32(ModuleShape.Imports);
        else if (type is ExternRef) w.Byte(0x23).U32(0);
        else w.Byte(0x20).U32(local);
        switch (type)
        {
            case I32: w.Byte(0xA7); break;
            case F32: w.Byte(0xA7).Byte(0xBE); break;
            case F64: w.Byte(0xBF); break;
            case V128: w.Op(Operators.Simd + 18).Byte(0x20).U32(local + 1).Op(Operators.Simd + 30).Byte(1); break;
        }
        return local + (type is V128 ? 2 : 1);
    }

    private static void Result(WasmWriter w, ValType type, int get, int index)
    {
        w.Byte(get).U32(index);
        switch (type)
        {
            case I32: w.Byte(0xAD); break;
            case F32: w.Byte(0xBC).Byte(0xAD); break;
            case F64: w.Byte(0xBD); break;
            case V128: w.Op(Operators.Simd + 29).Byte(0).Byte(get).U32(index).Op(Operators.Simd + 29).Byte(1); break;
            case FuncRef or ExternRef: w.Byte(0xD1).Byte(0xAD); break;
        }
    }

    private static ValType[] Flat(ValType[] types) =>
        [.. types.SelectMany(t => Enumerable.Repeat(I64, t is V128 ? 2 : 1))];
}
