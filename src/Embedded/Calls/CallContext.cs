using System.Reflection;
using ClawGrains.Embedded.Runtime;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace ClawGrains.Embedded.Calls;

/// <summary>A call on its way through filters.</summary>
internal abstract class CallContext(GrainCall call) : IGrainCallContext
{
    protected GrainCall Call { get; } = call;

    public IInvokable Request => Call;

    public abstract object Grain { get; }

    public GrainId? SourceId => Call.Source?.GrainId;

    public GrainId TargetId => Call.Target.GrainId;

    public GrainInterfaceType InterfaceType => Call.Method.Interface.InterfaceType;

    public string InterfaceName => Call.Method.Interface.Name;

    public string MethodName => Call.Method.Name;

    public MethodInfo InterfaceMethod => Call.Method.Method;

    public object? Result { get => Call.Result; set => Call.Result = value; }

    public abstract Task Invoke();
}

/// <summary>A call that arrives: the silo's filters, then the grain's own, then the method.</summary>
internal sealed class IncomingCallContext(GrainCall call, Activation activation, object grain) : CallContext(call), IIncomingGrainCallContext
{
    private int _stage;

    public override object Grain => grain;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = grain.GetType().GetInterfaceMap(Call.Method.Method.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, Call.Method.Method)];
        }
    }

    public override async Task Invoke()
    {
        var stage = _stage++;
        try
        {
            await NextAsync(stage);
        }
        finally
        {
            _stage--;
        }
    }

    private Task NextAsync(int stage)
    {
        var filters = activation.Silo.IncomingFilters;
        if (stage < filters.Length)
            return filters[stage].Invoke(this);
        return stage == filters.Length && grain is IIncomingGrainCallFilter own ? own.Invoke(this) : InvokeMethodAsync();
    }

    private async Task InvokeMethodAsync()
    {
        var task = (Task)Call.Method.Invoke(grain, Call.Arguments);
        await task;
        Call.TakeResult(task);
    }
}

/// <summary>A call that leaves: the filters of the caller's side, then the sending.</summary>
internal sealed class OutgoingCallContext(GrainCall call, Func<Task> send) : CallContext(call), IOutgoingGrainCallContext
{
    private int _stage;

    public override object Grain => Call.Target;

    public IGrainContext? SourceContext => Call.Source;

    public override async Task Invoke()
    {
        var filters = Call.Caller.OutgoingFilters;
        var stage = _stage++;
        try
        {
            await (stage < filters.Length ? filters[stage].Invoke(this) : send());
        }
        finally
        {
            _stage--;
        }
    }
}
