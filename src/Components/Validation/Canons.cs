using ClawGrains.Components.Binary;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

/// <summary>CanonicalABI.md, "Canonical Definitions": the static rules.</summary>
internal static class Canons
{
    private static readonly CoreFuncType ReallocType =
        new([CoreValType.I32, CoreValType.I32, CoreValType.I32, CoreValType.I32], [CoreValType.I32]);

    public static LiftStep Lift(Scope scope, CanonLift canon)
    {
        var type = scope.FuncType(canon.Type, canon.Offset);
        var core = scope.At(scope.CoreFuncs, canon.CoreFunc, "core function", canon.Offset);
        var options = Options(scope, canon.Options, canon.Offset);
        if (options.IsAsync && !type.IsAsync) throw ComponentException.Invalid("the `async` canonical option requires an async function type", canon.Offset);
        var flat = options.IsAsync ? Flattening.LiftAsync(type, options.Callback is not null) : Flattening.Lift(type);
        var memory = options.IsAsync ? Flattening.LiftNeedsRealloc(type) : Flattening.LiftNeedsMemory(type);
        Require(options, memory, Flattening.LiftNeedsRealloc(type), canon.Offset);
        if (!core.Params.AsSpan().SequenceEqual(flat.Params))
            throw ComponentException.Invalid($"lowered parameter types `{List(flat.Params)}` do not match parameter types `{List(core.Params)}`", canon.Offset);
        if (!core.Results.AsSpan().SequenceEqual(flat.Results))
            throw ComponentException.Invalid($"lowered result types `{List(flat.Results)}` do not match result types `{List(core.Results)}`", canon.Offset);
        if (options.Callback is { } callback) CheckCallback(scope.At(scope.CoreFuncs, callback, "core function", canon.Offset), canon.Offset);
        if (options.PostReturn is { } post) CheckPostReturn(scope.At(scope.CoreFuncs, post, "core function", canon.Offset), core, canon.Offset);
        Scope.Add(scope.Funcs, type, Limits.Items, "functions", canon.Offset);
        return new LiftStep(canon.CoreFunc, options, type);
    }

    public static LowerStep Lower(Scope scope, CanonLower canon)
    {
        var type = scope.At(scope.Funcs, canon.Func, "function", canon.Offset);
        var options = Options(scope, canon.Options, canon.Offset);
        if (options.PostReturn is not null) throw ComponentException.Invalid("canonical option `post-return` cannot be specified for lowerings", canon.Offset);
        if (options.Callback is not null) throw ComponentException.Invalid("canonical option `callback` cannot be specified for lowerings", canon.Offset);
        if (options.IsAsync && !type.IsAsync) throw ComponentException.Invalid("the `async` canonical option requires an async function type", canon.Offset);
        var memory = Flattening.LowerNeedsMemory(type) || (options.IsAsync && Flattening.LowerAsyncNeedsMemory(type));
        Require(options, memory, Flattening.LowerNeedsRealloc(type), canon.Offset);
        var flat = options.IsAsync ? Flattening.LowerAsync(type) : Flattening.Lower(type);
        Scope.Add(scope.CoreFuncs, flat, Limits.Items, "core functions", canon.Offset);
        return new LowerStep(canon.Func, options, type, flat);
    }

    public static ResourceBuiltinStep Resource(Scope scope, CanonResource canon)
    {
        var resource = scope.Resource(canon.Type, canon.Offset);
        if (canon.Builtin != ResourceBuiltin.Drop && resource.Id.Definition?.Scope != (object)scope)
            throw ComponentException.Invalid($"type index {canon.Type} is not a local resource", canon.Offset);
        CoreValType[] results = canon.Builtin == ResourceBuiltin.Drop ? [] : [CoreValType.I32];
        Scope.Add(scope.CoreFuncs, new CoreFuncType([CoreValType.I32], results), Limits.Items, "core functions", canon.Offset);
        return new ResourceBuiltinStep(canon.Builtin, resource.Id);
    }

    public static PlanOptions Options(Scope scope, CanonOptionSyntax syntax, long offset)
    {
        StringEncoding? encoding = null;
        uint? memory = null, realloc = null, postReturn = null, callback = null, isAsync = null;
        foreach (var option in syntax.Options)
        {
            switch (option.Kind)
            {
                case CanonOptionKind.Memory: Once(ref memory, option.Index, "`memory`", offset); break;
                case CanonOptionKind.Realloc: Once(ref realloc, option.Index, "canonical option `realloc`", offset); break;
                case CanonOptionKind.PostReturn: Once(ref postReturn, option.Index, "canonical option `post-return`", offset); break;
                case CanonOptionKind.Async: Once(ref isAsync, 1, "canonical option `async`", offset); break;
                case CanonOptionKind.Callback: Once(ref callback, option.Index, "canonical option `callback`", offset); break;
                default: Encoding(ref encoding, (StringEncoding)option.Kind, offset); break;
            }
        }
        if (memory is { } m) CheckMemory(scope.At(scope.CoreMemories, m, "memory", offset), offset);
        if (realloc is { } r) CheckRealloc(scope, r, memory, offset);
        if (callback is not null && isAsync is null) throw ComponentException.Invalid("cannot specify callback without async", offset);
        if (postReturn is not null && isAsync is not null) throw ComponentException.Invalid("cannot specify post-return function in async", offset);
        return new PlanOptions(encoding ?? StringEncoding.Utf8, memory, realloc, postReturn, isAsync is not null, callback);
    }

    private static void Once(ref uint? slot, uint index, string what, long offset)
    {
        if (slot is not null) throw ComponentException.Invalid($"{what} is specified more than once", offset);
        slot = index;
    }

    private static void Encoding(ref StringEncoding? slot, StringEncoding encoding, long offset)
    {
        if (slot is { } first) throw ComponentException.Invalid($"canonical encoding option `{Name(first)}` conflicts with option `{Name(encoding)}`", offset);
        slot = encoding;
    }

    private static string Name(StringEncoding encoding) => encoding switch
    {
        StringEncoding.Utf8 => "utf8",
        StringEncoding.Utf16 => "utf16",
        _ => "latin1-utf16",
    };

    private static void CheckMemory(CoreMemoryType memory, long offset)
    {
        if (memory.Is64) throw ComponentException.Unsupported("a 64-bit memory in a canonical option", offset);
        if (memory.Shared) throw ComponentException.Invalid("mismatch in the shared flag for memories: canonical option `memory` cannot be shared", offset);
    }

    private static void CheckRealloc(Scope scope, uint realloc, uint? memory, long offset)
    {
        if (memory is null) throw ComponentException.Invalid("canonical option `realloc` requires `memory` to also be specified", offset);
        if (scope.At(scope.CoreFuncs, realloc, "core function", offset) != ReallocType)
            throw ComponentException.Invalid("canonical option `realloc` uses a core function with an incorrect signature", offset);
    }

    private static void CheckPostReturn(CoreFuncType post, CoreFuncType core, long offset)
    {
        if (!post.Params.AsSpan().SequenceEqual(core.Results) || post.Results.Length > 0)
            throw ComponentException.Invalid("canonical option `post-return` uses a core function with an incorrect signature", offset);
    }

    private static void CheckCallback(CoreFuncType callback, long offset)
    {
        if (callback is not { Params: [CoreValType.I32, CoreValType.I32, CoreValType.I32], Results: [CoreValType.I32] })
            throw ComponentException.Invalid("canonical option `callback` uses a core function with an incorrect signature", offset);
    }

    private static void Require(PlanOptions options, bool memory, bool realloc, long offset)
    {
        if (memory && options.Memory is null) throw ComponentException.Invalid("canonical option `memory` is required", offset);
        if (realloc && options.Realloc is null) throw ComponentException.Invalid("canonical option `realloc` is required", offset);
    }

    private static string List(CoreValType[] types) => $"[{string.Join(", ", types)}]";
}
