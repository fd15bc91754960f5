using System.Text.Json;
using ClawGrains.Components.Abi;
using ClawGrains.Components.Binary;
using ClawGrains.Components.Core;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Linking;

/// <summary>
/// The asynchronous built-ins at run time. Those that never block work; the others trap by name, after the check that
/// every built-in makes first.
/// </summary>
internal static class AsyncBuiltins
{
    public static void Add(ComponentFrame frame, AsyncBuiltinStep step)
    {
        var state = frame.State;
        CoreCall call = step.Builtin switch
        {
            AsyncBuiltin.ContextGet => (_, results) => results[0] = step.Index == 0 ? state.Context.First : state.Context.Second,
            AsyncBuiltin.ContextSet => (arguments, _) => state.Context = step.Index == 0 ? ((uint)arguments[0], state.Context.Second) : (state.Context.First, (uint)arguments[0]),
            AsyncBuiltin.BackpressureInc => (_, _) => Backpressure(state, 1),
            AsyncBuiltin.BackpressureDec => (_, _) => Backpressure(state, -1),
            AsyncBuiltin.TaskReturn => TaskReturn(frame, step),
            _ => (_, _) => Refuse(state, step.Builtin),
        };
        frame.CoreFuncs.Add(Slots.HostFunction(frame.Store.Store, CoreModules.ToEngine(step.CoreType), call));
    }

    private static void Backpressure(InstanceState state, int change)
    {
        state.Backpressure += change;
        Trap.If(state.Backpressure is < 0 or > ushort.MaxValue, "backpressure counter overflow");
    }

    private static CoreCall TaskReturn(ComponentFrame frame, AsyncBuiltinStep step)
    {
        var (signature, options) = (Signature.OfLift(step.Result!), frame.Options(step.Options!));
        return (arguments, _) =>
        {
            Trap.If(!frame.State.MayLeave, "cannot leave component instance");
            var task = frame.State.Task!;
            var resolve = task.Return ?? throw Trap.Because("invalid `task.return` signature and/or options for current task");
            Trap.If(!Agrees(step.Result!, task.Type!), "invalid `task.return` signature and/or options for current task");
            task.Return = null;
            var values = ParameterLists.Lift(new CanonicalContext(options, frame.State, frame.Resource), arguments, signature);
            resolve(values.Length == 0 ? null : values[0]);
        };
    }

    private static bool Agrees(FuncType given, FuncType task) => (given.Params, task.Result) switch
    {
        ([], null) => true,
        ([var value], { } result) => ValueEquality.Difference(value, result) is null,
        _ => false,
    };

    private static void Refuse(InstanceState state, AsyncBuiltin builtin)
    {
        Trap.If(!state.MayLeave, "cannot leave component instance");
        throw Trap.Because($"the asynchronous built-in `{NameOf(builtin)}` is not supported");
    }

    /// <summary>The name in the text format, for example <c>waitable-set.new</c>.</summary>
    public static string NameOf(AsyncBuiltin builtin)
    {
        const string set = "waitable-set";
        var name = JsonNamingPolicy.KebabCaseLower.ConvertName(builtin.ToString());
        var end = name.StartsWith(set, StringComparison.Ordinal) ? set.Length : name.IndexOf('-', StringComparison.Ordinal);
        return $"{name[..end]}.{name[(end + 1)..]}";
    }
}
