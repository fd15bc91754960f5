using ClawGrains.Components.Binary;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

/// <summary>
/// The static rules of the asynchronous built-ins. Components may declare them; all but the few that never block trap
/// by name when they are called.
/// </summary>
internal static class AsyncCanons
{
    private const CoreValType I32 = CoreValType.I32;

    public static AsyncBuiltinStep Validate(Scope scope, CanonAsync canon)
    {
        var options = canon.Options is null ? null : Canons.Options(scope, canon.Options, canon.Offset);
        if (options is { PostReturn: not null } or { Callback: not null })
            throw ComponentException.Invalid($"`{canon.Builtin}` takes neither `post-return` nor `callback`", canon.Offset);
        var type = canon.Builtin == AsyncBuiltin.TaskReturn ? TaskReturn(scope, canon, options!) : null;
        Check(scope, canon, options);
        var core = type is null ? Signature(canon) : new CoreFuncType(Flattening.Params(type) ?? [I32], []);
        Scope.Add(scope.CoreFuncs, core, Limits.Items, "core functions", canon.Offset);
        return new AsyncBuiltinStep(canon.Builtin, core, canon.Index, type, options);
    }

    /// <summary>What <c>task.return</c> takes, as a function type with one parameter or none.</summary>
    private static FuncType TaskReturn(Scope scope, CanonAsync canon, PlanOptions options)
    {
        if (options.Realloc is not null) throw ComponentException.Invalid("cannot specify `realloc` option on `task.return`", canon.Offset);
        ValType[] parameters = canon.Result is { } r ? [scope.ValType(r, canon.Offset)] : [];
        var type = new FuncType([.. parameters.Select(_ => "v")], parameters, null);
        if (Flattening.LowerNeedsMemory(type) && options.Memory is null) throw ComponentException.Invalid("canonical option `memory` is required", canon.Offset);
        return type;
    }

    private static void Check(Scope scope, CanonAsync canon, PlanOptions? options)
    {
        switch (canon.Builtin)
        {
            case AsyncBuiltin.ContextGet or AsyncBuiltin.ContextSet:
                if (canon.Type != (uint)I32) throw ComponentException.Unsupported("a context slot of another type than i32", canon.Offset);
                if (canon.Index > 1) throw ComponentException.Invalid($"immediate must be zero or one: {canon.Index}", canon.Offset);
                break;
            case AsyncBuiltin.WaitableSetWait or AsyncBuiltin.WaitableSetPoll:
                scope.At(scope.CoreMemories, canon.Index, "memory", canon.Offset);
                break;
            case AsyncBuiltin.ThreadNewIndirect:
                var func = scope.At(scope.CoreTypes, canon.Type, "type", canon.Offset) as CoreFuncType;
                if (func is not { Params: [I32], Results: [] }) throw ComponentException.Invalid("start function must take a single `i32` argument and return nothing", canon.Offset);
                if (scope.At(scope.CoreTables, canon.Index, "table", canon.Offset).Element != CoreValType.FuncRef)
                    throw ComponentException.Invalid("table is not a 32-bit table of (ref null (func))", canon.Offset);
                break;
            case >= AsyncBuiltin.StreamNew and <= AsyncBuiltin.FutureDropWritable: Stream(scope, canon, options); break;
        }
    }

    private static void Stream(Scope scope, CanonAsync canon, PlanOptions? options)
    {
        var stream = canon.Builtin < AsyncBuiltin.FutureNew;
        if (scope.At(scope.Types, canon.Type, "type", canon.Offset) is not AsyncType type || type.IsStream != stream)
            throw ComponentException.Invalid($"`{canon.Builtin}` requires a {(stream ? "stream" : "future")} type", canon.Offset);
        if (options is null || type.Element is null) return;
        if (options.Memory is null) throw ComponentException.Invalid("canonical option `memory` is required", canon.Offset);
        var reads = canon.Builtin is AsyncBuiltin.StreamRead or AsyncBuiltin.FutureRead;
        if (reads && type.Element.ContainsPointer && options.Realloc is null) throw ComponentException.Invalid("canonical option `realloc` is required", canon.Offset);
    }

    private static CoreFuncType Signature(CanonAsync canon) => canon.Builtin switch
    {
        AsyncBuiltin.TaskCancel or AsyncBuiltin.BackpressureInc or AsyncBuiltin.BackpressureDec => new([], []),
        AsyncBuiltin.StreamNew or AsyncBuiltin.FutureNew => new([], [CoreValType.I64]),
        AsyncBuiltin.ContextGet or AsyncBuiltin.ThreadYield or AsyncBuiltin.ThreadIndex or AsyncBuiltin.ThreadSuspend or AsyncBuiltin.WaitableSetNew => new([], [I32]),
        AsyncBuiltin.StreamRead or AsyncBuiltin.StreamWrite => new([I32, I32, I32], [I32]),
        AsyncBuiltin.FutureRead or AsyncBuiltin.FutureWrite or AsyncBuiltin.WaitableSetWait or AsyncBuiltin.WaitableSetPoll or AsyncBuiltin.ThreadNewIndirect => new([I32, I32], [I32]),
        AsyncBuiltin.WaitableJoin => new([I32, I32], []),
        AsyncBuiltin.StreamCancelRead or AsyncBuiltin.StreamCancelWrite or AsyncBuiltin.FutureCancelRead or AsyncBuiltin.FutureCancelWrite or AsyncBuiltin.SubtaskCancel
            or (>= AsyncBuiltin.ThreadSuspendThenResume and <= AsyncBuiltin.ThreadYieldThenPromote) => new([I32], [I32]),
        _ => new([I32], []),
    };
}
