using ClawGrains.Components.Abi;

namespace ClawGrains.Components.Linking;

/// <summary>
/// A component function as its caller sees it (CanonicalABI.md's <c>FuncInst</c>): arguments are asked for when the
/// callee has been entered, and the result is handed over before the callee cleans up.
/// </summary>
internal abstract class FuncInst
{
    public abstract void Invoke(CallSite site, InstanceState? caller);
}

/// <summary>The caller's side of one call (<c>on_start</c> and <c>on_resolve</c>).</summary>
internal abstract class CallSite
{
    public abstract ComponentValue[] Start();

    public abstract void Resolve(ComponentValue? result);
}

/// <summary>A call from the host with values at hand.</summary>
internal sealed class HostCallSite(ComponentValue[] arguments) : CallSite
{
    public ComponentValue? Result { get; private set; }

    public override ComponentValue[] Start() => arguments;

    public override void Resolve(ComponentValue? result) => Result = result;
}

/// <summary>CanonicalABI.md, <c>canon lift</c>.</summary>
internal sealed class LiftedFunc(Core.ICoreFunc core, CanonicalOptions options, Signature signature, ComponentFrame frame) : FuncInst
{
    public Signature Signature => signature;

    public Core.ICoreFunc Core => core;

    public CanonicalOptions Options => options;

    public ComponentFrame Frame => frame;

    public override void Invoke(CallSite site, InstanceState? caller)
    {
        var instance = frame.State;
        Trap.If(instance.Wraps(caller) || caller?.Wraps(instance) == true, "cannot enter component instance");
        instance.EnterFrom(caller);
        var borrows = new BorrowScope { Type = signature.Type };
        var cx = new CanonicalContext(options, instance, frame.Resource) { Borrows = borrows };
        Span<ulong> arguments = stackalloc ulong[core.ParameterCount];
        Span<ulong> results = stackalloc ulong[core.ResultCount];
        LowerArguments(cx, site, caller, arguments);
        var outer = (instance.Task, instance.Context);
        (instance.Task, instance.Context) = (borrows, default);
        if (options.IsAsync) CallAsync(site, borrows, arguments, results);
        else Finish(site, cx, arguments, results);
        (instance.Task, instance.Context) = outer;
        instance.LeaveTo(caller);
    }

    private void Finish(CallSite site, CanonicalContext cx, ReadOnlySpan<ulong> arguments, Span<ulong> results)
    {
        core.Call(arguments, results);
        var value = ParameterLists.LiftResult(cx, results, signature);
        Trap.If(cx.Borrows!.Borrows > 0, "borrow handles still remain at the end of the call");
        site.Resolve(value);
        PostReturn(cx.Instance, results);
    }

    /// <summary>An asynchronous function that never waits: it returns through <c>task.return</c> and then exits.</summary>
    private void CallAsync(CallSite site, BorrowScope task, ReadOnlySpan<ulong> arguments, Span<ulong> results)
    {
        task.Return = value =>
        {
            Trap.If(task.Borrows > 0, "borrow handles still remain at the end of the call");
            site.Resolve(value);
        };
        core.Call(arguments, results);
        Trap.If(results.Length > 0 && results[0] != 0, "waiting in an asynchronous function is not supported");
        Trap.If(task.Return is not null, "an asynchronous function exited without `task.return`");
    }

    /// <summary>A host's value of a wrong type is the host's mistake: no guest code saw it, so the instance lives on.</summary>
    private void LowerArguments(CanonicalContext cx, CallSite site, InstanceState? caller, Span<ulong> arguments)
    {
        try
        {
            ParameterLists.Lower(cx, site.Start(), signature, arguments);
        }
        catch (ComponentException) when (caller is null)
        {
            cx.Instance.LeaveTo(caller);
            throw;
        }
    }

    private void PostReturn(InstanceState instance, ReadOnlySpan<ulong> results)
    {
        if (options.PostReturn is null) return;
        instance.MayLeave = false;
        options.PostReturn.Call(results, []);
        instance.MayLeave = true;
    }
}

/// <summary>CanonicalABI.md, <c>canon lower</c>: what a core module calls.</summary>
internal sealed class LoweredFunc(FuncInst callee, CanonicalOptions options, Signature signature, ComponentFrame frame)
{
    public void Call(ReadOnlySpan<ulong> arguments, Span<ulong> results)
    {
        Trap.If(!frame.State.MayLeave, "cannot leave component instance");
        var site = new Site(options, signature, frame, arguments.ToArray());
        callee.Invoke(site, frame.State);
        site.Finish(results);
    }

    private sealed class Site(CanonicalOptions options, Signature signature, ComponentFrame frame, ulong[] arguments) : CallSite
    {
        /// <summary>The state of a subtask that is already done, which is what an asynchronous call yields here.</summary>
        private const ulong Returned = 2;
        private readonly LendScope _lends = new();
        private readonly ulong[] _results = new ulong[1];

        public override ComponentValue[] Start()
        {
            var cx = new CanonicalContext(options, frame.State, frame.Resource) { Lends = _lends };
            return ParameterLists.Lift(cx, arguments, signature);
        }

        public override void Resolve(ComponentValue? result)
        {
            var cx = new CanonicalContext(options, frame.State, frame.Resource);
            ParameterLists.LowerResult(cx, result, signature, arguments, _results);
        }

        public void Finish(Span<ulong> results)
        {
            _lends.Return();
            if (results.Length > 0) results[0] = options.IsAsync ? Returned : _results[0];
        }
    }
}

/// <summary>A function that the host defines.</summary>
internal sealed class HostFunc(HostFunction implementation, ComponentFrame root, string name) : FuncInst
{
    /// <summary>The .NET delegate behind it, if it is one.</summary>
    public ClrFunction? Clr { get; init; }

    public HostCall Call => new(root, name);

    public override void Invoke(CallSite site, InstanceState? caller)
    {
        var arguments = site.Start();
        root.Store.HostCalls++;
        var result = implementation(Call, arguments);
        site.Resolve(result);
        foreach (var argument in arguments) EndBorrow(argument);
    }

    private static void EndBorrow(ComponentValue argument)
    {
        if (argument.Kind == ComponentValueKind.Resource) argument.AsResource().EndBorrow();
    }
}
