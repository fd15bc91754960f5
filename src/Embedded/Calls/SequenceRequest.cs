using System.Reflection;
using ClawGrains.Embedded.Proxies;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Calls;

/// <summary>The call of a method that returns a sequence, as filters see it.</summary>
internal sealed class SequenceRequest<T>(GrainMethod method, object?[] arguments, int maxBatchSize) : IAsyncEnumerableRequest<T>
{
    public int MaxBatchSize { get; set; } = maxBatchSize;

    internal IAsyncEnumerable<T> InvokeOn(object grain) => (IAsyncEnumerable<T>)method.Invoke(grain, arguments);

    public int GetArgumentCount() => arguments.Length;

    public object? GetArgument(int index) => arguments[index];

    public void SetArgument(int index, object value) => arguments[index] = value;

    public string GetMethodName() => method.Name;

    public string GetInterfaceName() => method.Interface.Name;

    public MethodInfo GetMethod() => method.Method;

    public Type GetInterfaceType() => method.Interface.Type;
}
