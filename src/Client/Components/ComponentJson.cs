using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClawGrains.Client.Wasm;
using ClawGrains.Components;

namespace ClawGrains.Client.Components;

/// <summary>What <c>claw wasm run --json</c> prints of a component.</summary>
internal sealed record ComponentReport
{
    /// <summary>What an invoked function returned: one value or none.</summary>
    public ImmutableArray<ComponentResult> Results { get; init; } = [];

    /// <summary>The exit code of a command, or of a function that exited.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What a command wrote to its standard output.</summary>
    public string? Stdout { get; init; }

    /// <summary>What <c>--allow-net</c> would have to name for the requests that were refused, where any were.</summary>
    public ImmutableArray<string>? Refused { get; init; }

    /// <summary>With <c>--fuel</c> alone.</summary>
    public long? FuelUsed { get; init; }

    /// <summary>What ended the run instead, or null.</summary>
    public RunError? Error { get; init; }

    public static ComponentReport Failure(RunError error) => new() { Error = error };
}

/// <summary>A value with its type.</summary>
/// <param name="Type">The type in WIT.</param>
/// <param name="Returned">The value itself, which may be too long to hold as text.</param>
/// <param name="Json">The value as JSON, where the type has a JSON form.</param>
internal sealed record ComponentResult(
    string Type, [property: JsonIgnore] ComponentValue Returned, [property: JsonPropertyOrder(1)] JsonNode? Json)
{
    /// <summary>The value in WAVE.</summary>
    public string Value => Returned.ToString();
}

/// <summary>What <c>claw wasm inspect</c> tells of a component.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Kind">Always <c>component</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Compressed">Bytes after gzip.</param>
/// <param name="Imports">The names of what it needs.</param>
/// <param name="Exports">The names of what it offers.</param>
/// <param name="Functions">What can be called, with its types.</param>
internal sealed record ComponentInspection(
    string File, string Kind, int Size, int Compressed, ImmutableArray<string> Imports, ImmutableArray<string> Exports,
    ImmutableArray<FunctionReport> Functions);

/// <summary>An exported function.</summary>
/// <param name="Name">The name for <c>--invoke</c>.</param>
/// <param name="Type">The type in WIT.</param>
/// <param name="Parameters">The JSON Schema of its arguments, where they have a JSON form.</param>
/// <param name="Result">The JSON Schema of its result, where it has one.</param>
internal sealed record FunctionReport(string Name, string Type, JsonObject? Parameters, JsonObject? Result);

/// <summary>What <c>claw wasm wit --json</c> prints.</summary>
internal sealed record WitReport(string? Wit, RunError? Error);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ComponentReport))]
[JsonSerializable(typeof(ComponentInspection))]
[JsonSerializable(typeof(WitReport))]
internal sealed partial class ComponentJson : JsonSerializerContext;
