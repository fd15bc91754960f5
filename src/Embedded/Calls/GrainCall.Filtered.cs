using System.Reflection;
using ClawGrains.Embedded.Runtime;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace ClawGrains.Embedded.Calls;

internal abstract partial class GrainCall
{
    Activation? IFilteredRequest.Source => Source;

    GrainReference IFilteredRequest.Target => Target;

    GrainInterfaceType IFilteredRequest.InterfaceType => Method.Interface.InterfaceType;

    object? IFilteredRequest.Result { get => Result; set => Result = value; }

    MethodInfo IFilteredRequest.ImplementationOn(object grain)
    {
        var map = grain.GetType().GetInterfaceMap(Method.Method.DeclaringType!);
        return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, Method.Method)];
    }

    async Task IFilteredRequest.InvokeOnAsync(object grain)
    {
        var task = (Task)Method.Invoke(grain, Arguments);
        await task;
        TakeResult(task);
    }

    int IInvokable.GetArgumentCount() => Arguments.Length;

    object? IInvokable.GetArgument(int index) => Arguments[index];

    void IInvokable.SetArgument(int index, object value) => Arguments[index] = value;

    string IInvokable.GetMethodName() => Method.Name;

    string IInvokable.GetInterfaceName() => Method.Interface.Name;

    MethodInfo IInvokable.GetMethod() => Method.Method;

    Type IInvokable.GetInterfaceType() => Method.Interface.Type;
}
