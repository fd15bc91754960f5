using System.Reflection;
using ClawGrains.Embedded.Runtime;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace ClawGrains.Embedded.Calls;

/// <summary>A call on its way through filters.</summary>
internal abstract class CallContext(IFilteredRequest request) : IGrainCallContext
{
    private int _stage;
    private bool _answered;

    public IInvokable Request => request;

    public abstract object Grain { get; }

    public GrainId? SourceId => request.Source?.GrainId;

    public GrainId TargetId => request.Target.GrainId;

    public GrainInterfaceType InterfaceType => request.InterfaceType;

    public string InterfaceName => request.GetInterfaceName();

    public string MethodName => request.GetMethodName();

    public MethodInfo InterfaceMethod => request.GetMethod();

    public object? Result
    {
        get => request.Result;
        set => (request.Result, _answered) = (value, true);
    }

    protected IFilteredRequest Filtered => request;

    public async Task Invoke()
    {
        var stage = _stage++;
        try
        {
            if (await NextAsync(stage) is { } filter && !_answered)
                throw new InvalidOperationException($"{filter.GetType().Name} neither went on with the call of {InterfaceName}.{MethodName} nor set its result.");
            _answered = true;
        }
        finally
        {
            _stage--;
        }
    }

    /// <summary>Runs a stage; the filter that was it, or null where it was the call itself.</summary>
    protected abstract Task<object?> NextAsync(int stage);
}

/// <summary>A call that arrives: the silo's filters, then the grain's own, then the method.</summary>
internal sealed class IncomingCallContext(IFilteredRequest request, Activation activation, object grain) : CallContext(request), IIncomingGrainCallContext
{
    public override object Grain => grain;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod => Filtered.ImplementationOn(grain);

    protected override async Task<object?> NextAsync(int stage)
    {
        var filters = activation.Silo.IncomingFilters;
        var filter = stage < filters.Length ? filters[stage] : stage == filters.Length ? grain as IIncomingGrainCallFilter : null;
        await (filter?.Invoke(this) ?? Filtered.InvokeOnAsync(grain));
        return filter;
    }
}

/// <summary>A call that leaves: the filters of the caller's side, then the sending.</summary>
internal sealed class OutgoingCallContext(IFilteredRequest request, GrainRuntime caller, Func<Task> send) : CallContext(request), IOutgoingGrainCallContext
{
    public override object Grain => Filtered.Target;

    public IGrainContext? SourceContext => Filtered.Source;

    protected override async Task<object?> NextAsync(int stage)
    {
        var filter = stage < caller.OutgoingFilters.Length ? caller.OutgoingFilters[stage] : null;
        await (filter?.Invoke(this) ?? send());
        return filter;
    }
}
