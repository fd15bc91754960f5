using System.Reflection;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Proxies;

/// <summary>The ways a grain method can return: which method of <see cref="GrainReference"/> makes the call, and how the result becomes a reference.</summary>
internal sealed record ReturnShapes(MethodInfo Call, MethodInfo? ToTask)
{
    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;

    internal static ReturnShapes? Of(Type type)
    {
        if (type == typeof(void))
            return new(Find(nameof(GrainReference.CallVoid)), null);
        if (type == typeof(Task))
            return new(Find(nameof(GrainReference.CallTask)), null);
        if (type == typeof(ValueTask))
            return new(Find(nameof(GrainReference.CallValueTask)), typeof(ValueTask).GetMethod(nameof(ValueTask.AsTask)));
        return type.IsGenericType ? OfGeneric(type) : null;
    }

    private static ReturnShapes? OfGeneric(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        var result = type.GetGenericArguments()[0];
        if (definition == typeof(Task<>))
            return new(Find(nameof(GrainReference.CallTaskOf)).MakeGenericMethod(result), null);
        if (definition == typeof(ValueTask<>))
            return new(Find(nameof(GrainReference.CallValueTaskOf)).MakeGenericMethod(result), type.GetMethod(nameof(ValueTask<int>.AsTask)));
        if (definition == typeof(IAsyncEnumerable<>))
            return new(Find(nameof(GrainReference.CallSequence)).MakeGenericMethod(result), null);
        return null;
    }

    private static MethodInfo Find(string name) => typeof(GrainReference).GetMethod(name, Internal)!;
}
