using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Storage;

/// <summary>States and stream events as JSON: of [GenerateSerializer] types the members that travel, by name; of others what System.Text.Json writes.</summary>
internal static class StateSerializer
{
    private static readonly JsonSerializerOptions Options = new()
    {
        TypeInfoResolver = new MemberResolver(),
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 256,
    };

    /// <summary>A state that was never written.</summary>
    internal static T New<T>()
    {
        if (typeof(T).IsValueType)
            return default!;
        return typeof(T).GetConstructor(Type.EmptyTypes) is null
            ? (T)RuntimeHelpers.GetUninitializedObject(typeof(T))
            : Activator.CreateInstance<T>();
    }

    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    internal static string Write(object value, Type type) => JsonSerializer.Serialize(value, type, Options);

    internal static T Read<T>(string json, GrainId grain, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)!;
        }
        catch (JsonException e)
        {
            throw new OrleansException($"The stored state '{name}' of {grain} can't be read as {typeof(T)}: {e.Message}", e);
        }
    }

    internal static object? Read(string json, Type type) => JsonSerializer.Deserialize(json, type, Options);
}
