using static ClawGrains.Fuzz.Wasm.Generation.ValType;

namespace ClawGrains.Fuzz.Wasm.Generation;

internal sealed record FuncType(ValType[] Parameters, ValType[] Results);

internal sealed record GlobalShape(ValType Type, bool Mutable);

/// <summary>What generated modules are made to try.</summary>
internal enum ModuleKind
{
    Plain,
    /// <summary>With exceptions and a second memory, which are off by default in the engine.</summary>
    Extended,
    /// <summary>With loops whose turns access memory near one address, at the edges too, in functions that have no references to keep them from being compiled again.</summary>
    Loops,
}

/// <summary>What a module declares, decided before any body is written.</summary>
internal sealed record ModuleShape
{
    /// <summary>Pages of 64 KB the memory begins with and may grow to.</summary>
    public const int MemoryMin = 1, MemoryMax = 3;

    public const int TableMin = 12, TableMax = 20;

    /// <summary>Function indices below this are imported: the host's <c>trace(i64)</c> and <c>mix(i64, i64) → i64</c>.</summary>
    public const int Imports = 2;

    /// <summary>The global that bounds how much a call may do.</summary>
    public const int BudgetGlobal = 1;

    /// <summary>Lengths of the data segments; the first is active, the others passive.</summary>
    public required int[] Data { get; init; }

    public required FuncType[] Types { get; init; }

    public ModuleKind Kind { get; init; }

    public bool IsExtended => Kind == ModuleKind.Extended;

    /// <summary>With more integer locals in every function than a machine has registers.</summary>
    public bool IsCrowded { get; init; }

    /// <summary>The type index of each tag.</summary>
    public int[] Tags => IsExtended ? [0, 2, Types.Length - 1] : [];

    public int Memories => IsExtended ? 2 : 1;

    /// <summary>The type index of each function, the imported ones first.</summary>
    public required int[] Functions { get; init; }

    /// <summary>Global 0 is an imported externref, global 1 the budget.</summary>
    public required GlobalShape[] Globals { get; init; }

    /// <summary>What table 0 holds after the active segment was copied: function indices.</summary>
    public required int[] Elements { get; init; }

    /// <summary>The passive segment of function references.</summary>
    public required int[] PassiveElements { get; init; }

    public FuncType TypeOf(int function) => Types[Functions[function]];

    public static ModuleShape Choose(Rng rng, ModuleKind kind, bool isCrowded)
    {
        var types = ChooseTypes(rng);
        if (kind == ModuleKind.Extended) types = [.. types, new FuncType(List(rng, 4), [])];
        var functions = Enumerable.Range(0, 2 + rng.Below(7)).Select(_ => 2 + rng.Below(types.Length - 2));
        int[] all = [0, 1, .. functions];
        return new ModuleShape
        {
            Types = types,
            Kind = kind,
            IsCrowded = isCrowded,
            Functions = all,
            Data = [rng.Below(64), rng.Below(64), rng.Below(8)],
            Globals = [new(ExternRef, false), new(I32, true), .. Enumerable.Range(0, 3 + rng.Below(6)).Select(_ => Global(rng))],
            Elements = [.. Enumerable.Range(0, 4 + rng.Below(TableMin - 4)).Select(_ => rng.Below(all.Length))],
            PassiveElements = [.. Enumerable.Range(0, 1 + rng.Below(5)).Select(_ => rng.Below(all.Length))],
        };
    }

    public static ValType AnyType(Rng rng) => rng.Below(16) switch
    {
        < 5 => I32, < 8 => I64, < 10 => F32, < 12 => F64, < 14 => V128, 14 => FuncRef, _ => ExternRef,
    };

    private static FuncType[] ChooseTypes(Rng rng) =>
    [
        new([I64], []), new([I64, I64], [I64]), new([], []), new([], [I32]), new([I32, I32], [I32]), new([I64, F64], [F64]),
        .. Enumerable.Range(0, 4).Select(_ => new FuncType(List(rng, 5), List(rng, 4))),
    ];

    private static ValType[] List(Rng rng, int limit) =>
        [.. Enumerable.Range(0, rng.Below(limit)).Select(_ => AnyType(rng))];

    private static GlobalShape Global(Rng rng) => new(AnyType(rng), rng.Chance(3, 4));
}
