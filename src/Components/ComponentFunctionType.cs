using System.Text.Json.Nodes;
using ClawGrains.Components.Types;
using ClawGrains.Components.Wit;

namespace ClawGrains.Components;

/// <summary>The type of an exported function, known before anything runs.</summary>
public sealed class ComponentFunctionType
{
    internal ComponentFunctionType(string name, FuncType type)
    {
        Name = name;
        Type = type;
    }

    /// <summary>The name for <see cref="ComponentInstance.GetFunction"/>.</summary>
    public string Name { get; }

    /// <summary>The names of the parameters.</summary>
    public IReadOnlyList<string> Parameters => Type.Names;

    /// <summary>Whether the function returns something.</summary>
    public bool HasResult => Type.Result is not null;

    /// <summary>Whether arguments and result can be written as JSON; handles cannot.</summary>
    public bool HasJsonForm => JsonSchema.CanRepresent(Type);

    /// <summary>The result's type in WIT, or null when there is none.</summary>
    public string? ResultType => Type.Result is null ? null : WitTypes.Of(Type.Result, []);

    internal FuncType Type { get; }

    /// <summary>
    /// The JSON Schema (2020-12) of an object with the arguments by name. Records are objects, options may be null or
    /// absent, variants and results are objects with one property, lists of u8 are base64 strings.
    /// Throws <see cref="ComponentException"/> when <see cref="HasJsonForm"/> is false.
    /// </summary>
    public JsonObject ParametersSchema() => JsonSchema.OfParameters(Type);

    /// <summary>The JSON Schema of the result, whose numbers that are not finite are null; or null when there is none.</summary>
    public JsonObject? ResultSchema() => Type.Result is null ? null : JsonSchema.OfResult(Type.Result);

    /// <summary>The type in WIT.</summary>
    public override string ToString() => WitTypes.Func(Type, []);
}
