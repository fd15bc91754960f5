using System.Reflection;
using ClawGrains.Embedded.Proxies;
using ClawGrains.Embedded.Runtime;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace ClawGrains.Embedded.Calls;

/// <summary>As Orleans shows it: a call of the extension that carries sequences, with the method's call as its argument.</summary>
internal sealed partial class SequencePull<T> : IFilteredRequest
{
    private static readonly GrainInterface Extension = new(typeof(IAsyncEnumerableGrainExtension), [], null);
    private static readonly MethodInfo StartEnumeration = Method(nameof(IAsyncEnumerableGrainExtension.StartEnumeration));
    private static readonly MethodInfo MoveNext = Method(nameof(IAsyncEnumerableGrainExtension.MoveNext));

    private readonly bool _isFirst;

    public Activation? Source { get; }

    GrainReference IFilteredRequest.Target => _target;

    GrainInterfaceType IFilteredRequest.InterfaceType => Extension.InterfaceType;

    object? IFilteredRequest.Result
    {
        get => (_result.Ended ? EnumerationResult.CompletedWithBatch : EnumerationResult.Batch, (object?)_result.Items);
        set => _result = Batch(value);
    }

    MethodInfo IFilteredRequest.ImplementationOn(object grain) => ((IInvokable)this).GetMethod();

    async Task IFilteredRequest.InvokeOnAsync(object grain) => _result = await _source.PullAsync((Activation)((IGrainBase)grain).GrainContext);

    int IInvokable.GetArgumentCount() => _isFirst ? 3 : 2;

    object? IInvokable.GetArgument(int index) => (index, _isFirst) switch
    {
        (0, _) => _source.Id,
        (1, true) => _source.Request,
        (1, false) or (2, true) => _source.Cancellation,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, $"{((IInvokable)this).GetMethodName()} has no such argument."),
    };

    void IInvokable.SetArgument(int index, object value) =>
        throw new NotSupportedException("The arguments of a sequence's step can't be replaced; those of the request, which is its second argument, can.");

    string IInvokable.GetMethodName() => $"{((IInvokable)this).GetMethod().Name}<T>";

    string IInvokable.GetInterfaceName() => Extension.Name;

    MethodInfo IInvokable.GetMethod() => _isFirst ? StartEnumeration : MoveNext;

    Type IInvokable.GetInterfaceType() => typeof(IAsyncEnumerableGrainExtension);

    private static MethodInfo Method(string name) => typeof(IAsyncEnumerableGrainExtension).GetMethod(name)!.MakeGenericMethod(typeof(T));

    private static SequenceBatch<T> Batch(object? value) => value switch
    {
        (EnumerationResult status, List<T> items) => new(items, status.HasFlag(EnumerationResult.Completed)),
        _ => throw new InvalidOperationException($"A filter set the result of a sequence's step to {value ?? "null"}; it has to be a status and a list of {typeof(T)}."),
    };
}
