namespace ClawGrains.Wasm.Spec.Running;

/// <summary>The host module <c>spectest</c> that the scripts expect; what it prints goes nowhere.</summary>
internal static class Spectest
{
    public static void AddTo(Dictionary<(string Module, string Name), Extern> externs, Store store)
    {
        Function(externs, store, "print");
        Function(externs, store, "print_i32", ValueKind.I32);
        Function(externs, store, "print_i64", ValueKind.I64);
        Function(externs, store, "print_f32", ValueKind.F32);
        Function(externs, store, "print_f64", ValueKind.F64);
        Function(externs, store, "print_i32_f32", ValueKind.I32, ValueKind.F32);
        Function(externs, store, "print_f64_f64", ValueKind.F64, ValueKind.F64);
        Constant(externs, store, "global_i32", Value.I32(666));
        Constant(externs, store, "global_i64", Value.I64(666));
        Constant(externs, store, "global_f32", Value.F32(666.6f));
        Constant(externs, store, "global_f64", Value.F64(666.6));
        externs[("spectest", "table")] = new Table(
            store, new TableType(ValueKind.FuncRef, new Limits(10, 20)), Value.FuncRef(null));
        externs[("spectest", "memory")] = new Memory(store, new Limits(1, 2));
    }

    private static void Function(
        Dictionary<(string, string), Extern> externs, Store store, string name, params ValueKind[] parameters) =>
        externs[("spectest", name)] = Wasm.Function.FromUntyped(store, FunctionType.Of(parameters, []), (_, _, _) => { });

    private static void Constant(Dictionary<(string, string), Extern> externs, Store store, string name, Value value) =>
        externs[("spectest", name)] = new Global(store, new GlobalType(value.Kind, false), value);
}
