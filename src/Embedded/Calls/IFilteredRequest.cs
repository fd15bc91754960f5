using System.Reflection;
using ClawGrains.Embedded.Runtime;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace ClawGrains.Embedded.Calls;

/// <summary>What filters see: a call of a grain's method, or one step of a sequence.</summary>
internal interface IFilteredRequest : IInvokable
{
    /// <summary>The activation that calls; null for a client.</summary>
    Activation? Source { get; }

    /// <summary>The grain that is called.</summary>
    GrainReference Target { get; }

    GrainInterfaceType InterfaceType { get; }

    object? Result { get; set; }

    /// <summary>The method that runs on that grain object.</summary>
    MethodInfo ImplementationOn(object grain);

    /// <summary>Runs it, and sets <see cref="Result"/>.</summary>
    Task InvokeOnAsync(object grain);
}
