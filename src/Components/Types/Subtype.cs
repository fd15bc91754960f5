namespace ClawGrains.Components.Types;

/// <summary>
/// The subtype relation of the explainer's "Type Checking": structural equality of value and function types,
/// width subtyping of instances, components and modules, resources equal by identity after substitution.
/// Every check returns null, or why <c>actual</c> may not stand for <c>wanted</c>.
/// </summary>
internal static class Subtype
{
    public static string? Extern(ExternType actual, ExternType wanted)
    {
        if (actual.Sort != wanted.Sort) return $"expected {wanted.Describe}, found {actual.Describe}";
        return Type(actual.Type, wanted.Type);
    }

    private static string? Type(TypeDef actual, TypeDef wanted) => (actual, wanted) switch
    {
        _ when ReferenceEquals(actual, wanted) => null,
        (FuncType a, FuncType w) => Func(a, w),
        (ResourceType a, ResourceType w) => ReferenceEquals(a.Id, w.Id) ? null : "resource types are not the same",
        (ValType a, ValType w) => Value(a, w),
        (InstanceType a, InstanceType w) => Instance(a, w),
        (ComponentType a, ComponentType w) => Component(a, w),
        (ModuleType a, ModuleType w) => Module(a, w),
        _ => $"expected {Family(wanted)}, found {Family(actual)}",
    };

    private static string Family(TypeDef type) => type is ValType ? "defined type" : type.Describe;

    private static string? Instance(InstanceType actual, InstanceType wanted)
    {
        var bindings = new Substitution();
        Bind(bindings, wanted.Exports, actual.Exports.Find, [.. wanted.Variables]);
        return Exports(actual.Exports.Find, bindings.Apply(wanted.Exports), "type mismatch in instance export");
    }

    private static string? Exports(Func<string, ExternType?> actual, ExternMap wanted, string context)
    {
        foreach (var (name, type) in wanted.Items)
        {
            if (actual(name) is not { } found) return $"missing expected export `{name}`";
            if (Extern(found, type) is { } error) return $"{context} `{name}`: {error}";
        }
        return null;
    }

    /// <summary>The wanted imports must satisfy the actual ones; what comes out must then satisfy the wanted exports.</summary>
    private static string? Component(ComponentType actual, ComponentType wanted)
    {
        var (error, bound) = Satisfy(actual, wanted.Imports.Find, name => $"missing expected import `{name}`", "type mismatch in import");
        if (error is not null) return error;
        var exports = bound.Apply(actual.Exports);
        var results = new Substitution();
        Bind(results, wanted.Exports, exports.Find, [.. wanted.Defined]);
        return Exports(exports.Find, results.Apply(wanted.Exports), "type mismatch in export");
    }

    /// <summary>
    /// Checks arguments against a component's imports and yields the substitution that turns the component's own
    /// resources and imported type names into the given ones.
    /// </summary>
    public static (string? Error, Substitution Bound) Satisfy(
        ComponentType component, Func<string, ExternType?> argument, Func<string, string> missing, string context)
    {
        var resources = new Substitution();
        Bind(resources, component.Imports, argument, [.. component.Imported]);
        var bound = new Substitution();
        foreach (var (from, to) in resources.Resources) bound.Bind(from, to);
        foreach (var (name, declared) in component.Imports.Items)
        {
            if (argument(name) is not { } given) return (missing(name), bound);
            var wanted = resources.Apply(declared);
            if (Extern(given, wanted) is { } error) return ($"{context} `{name}`: {error}", bound);
            Rename(bound, declared, given);
        }
        return (null, bound);
    }

    private static void Rename(Substitution bound, ExternType declared, ExternType given)
    {
        if (declared.Sort == ExternSort.Type) bound.Rename(declared.Type, given.Type);
        if (declared.Type is not InstanceType wanted || given.Type is not InstanceType actual) return;
        foreach (var (name, type) in wanted.Exports.Items)
            if (actual.Exports.Find(name) is { } found) Rename(bound, type, found);
    }

    /// <summary>Finds, by name, what stands for each resource variable of a signature.</summary>
    private static void Bind(Substitution bindings, ExternMap signature, Func<string, ExternType?> actual, HashSet<ResourceId> variables)
    {
        if (variables.Count == 0) return;
        foreach (var (name, type) in signature.Items)
        {
            if (!type.Type.MentionsResource || actual(name) is not { } found) continue;
            if (type.Type is ResourceType wanted && found.Type is ResourceType given && variables.Remove(wanted.Id)) bindings.Bind(wanted.Id, given.Id);
            else if (type.Type is InstanceType instance && found.Type is InstanceType other) Bind(bindings, instance.Exports, other.Exports.Find, variables);
        }
    }

    public static string? Module(ModuleType actual, ModuleType wanted)
    {
        var offered = new Dictionary<(string, string), CoreExternType>();
        foreach (var import in wanted.Imports) offered[(import.Module, import.Name)] = import.Type;
        foreach (var import in actual.Imports)
        {
            if (!offered.TryGetValue((import.Module, import.Name), out var given)) return $"missing expected import `{import.Module}::{import.Name}`";
            if (CoreSubtype.Mismatch(given, import.Type) is { } error) return $"type mismatch in import `{import.Module}::{import.Name}`: {error}";
        }
        foreach (var export in wanted.Exports)
        {
            if (actual.Export(export.Name) is not { } found) return $"missing expected export `{export.Name}`";
            if (CoreSubtype.Mismatch(found, export.Type) is { } error) return $"type mismatch in export `{export.Name}`: {error}";
        }
        return null;
    }

    private static string? Func(FuncType actual, FuncType wanted)
    {
        if (actual.IsAsync != wanted.IsAsync) return $"expected {(wanted.IsAsync ? "async" : "sync")} function, found {(actual.IsAsync ? "async" : "sync")} function";
        if (actual.Params.Length != wanted.Params.Length) return $"expected {wanted.Params.Length} parameters, found {actual.Params.Length}";
        for (var i = 0; i < actual.Params.Length; i++)
        {
            if (actual.Names[i] != wanted.Names[i]) return $"expected parameter named `{wanted.Names[i]}`, found `{actual.Names[i]}`";
            if (Value(actual.Params[i], wanted.Params[i]) is { } error) return $"type mismatch in function parameter `{actual.Names[i]}`: {error}";
        }
        if (actual.Result is null != wanted.Result is null) return wanted.Result is null ? "expected no result, found one" : "expected a result, found none";
        if (actual.Result is null || wanted.Result is null) return null;
        return Value(actual.Result, wanted.Result) is { } e ? $"type mismatch with result type: {e}" : null;
    }

    private static string? Value(ValType actual, ValType wanted) => ValueEquality.Difference(actual, wanted);
}
