using System.Reflection;
using ClawGrains.Embedded.Copying;
using Orleans;
using Orleans.Concurrency;

namespace ClawGrains.Embedded.Proxies;

/// <summary>A method of a grain interface: how it is called and what its attributes say.</summary>
internal sealed class GrainMethod
{
    private readonly bool[] _shared;
    private readonly MethodInfo _invoker;

    internal GrainMethod(MethodInfo method, MethodInfo invoker)
    {
        (Method, _invoker) = (method, invoker);
        var parameters = method.GetParameters();
        _shared = [.. parameters.Select(p => p.IsDefined(typeof(ImmutableAttribute)) || Shareable.Is(p.ParameterType))];
        CancellationIndex = Array.FindIndex(parameters, p => p.ParameterType == typeof(CancellationToken));
        IsResultShared = method.ReturnParameter.IsDefined(typeof(ImmutableAttribute));
        Interleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        OneWay = method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void);
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
    }

    internal GrainInterface Interface { get; set; } = GrainInterface.None;

    internal MethodInfo Method { get; }

    internal string Name => Method.Name;

    /// <summary>The position of the <see cref="CancellationToken"/>, or -1.</summary>
    internal int CancellationIndex { get; }

    internal bool IsResultShared { get; }

    internal bool Interleave { get; }

    internal bool ReadOnly { get; }

    internal bool OneWay { get; }

    internal TimeSpan? Timeout { get; }

    /// <summary>Calls the method on the target; returns a task, or for sequences the sequence.</summary>
    internal Func<object, object?[], object> Invoke => field ??= _invoker.CreateDelegate<Func<object, object?[], object>>();

    internal void CopyArguments(object?[] arguments)
    {
        DeepCopy.Session? session = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!_shared[i] && arguments[i] is { } argument && !Shareable.Is(argument.GetType()))
                arguments[i] = (session ??= DeepCopy.Begin()).Copy(argument);
        }
        session?.End();
    }
}
