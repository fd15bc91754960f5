using System.Collections.Concurrent;
using System.Reflection;

namespace ClawGrains.Wasm.Compilation;

/// <summary>Reflection over this assembly, remembered.</summary>
internal static class Members
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private static readonly ConcurrentDictionary<(Type, string), MethodInfo> Methods = new();
    private static readonly ConcurrentDictionary<(Type, string), FieldInfo> Fields = new();

    public static MethodInfo Method(Type type, string name) =>
        Methods.GetOrAdd((type, name), key => key.Item1.GetMethod(key.Item2, Any) ?? throw new InvalidOperationException($"BUG: no method {key}."));

    public static FieldInfo Field(Type type, string name) =>
        Fields.GetOrAdd((type, name), key => key.Item1.GetField(key.Item2, Any) ?? throw new InvalidOperationException($"BUG: no field {key}."));
}
