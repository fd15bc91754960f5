using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClawGrains.Client.Wasm;

/// <summary>What <c>claw wasm run --json</c> prints.</summary>
/// <param name="Results">The values returned, first to last.</param>
/// <param name="FuelUsed">With <c>--fuel</c> alone.</param>
/// <param name="Error">What ended the run instead, or null.</param>
internal sealed record RunReport(ImmutableArray<TypedValue> Results, long? FuelUsed, RunError? Error);

/// <summary>A value with its type; text, since JSON has neither 64-bit integers nor NaN.</summary>
/// <param name="Type">The specification's name of the type, for example <c>i32</c>.</param>
/// <param name="Value">A decimal number; hexadecimal for v128.</param>
internal sealed record TypedValue(string Type, string Value);

/// <summary>Why a run gave no results.</summary>
/// <param name="Code"><c>malformed</c>, <c>invalid</c>, <c>unlinkable</c>, <c>trap</c> or <c>usage</c>.</param>
/// <param name="Message">For people.</param>
/// <param name="Trap">The kind of trap, for example <c>integerDivideByZero</c>; null for another code.</param>
internal sealed record RunError(string Code, string Message, string? Trap = null)
{
    /// <summary>The kind of trap of what was ended from outside.</summary>
    public const string Interrupted = "interrupted";
}

/// <summary>What <c>claw wasm inspect</c> tells of a module.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Compressed">Bytes after gzip.</param>
/// <param name="Name">From the name section.</param>
/// <param name="Functions">How many the module defines itself.</param>
/// <param name="Features">Proposals beyond 1.0 that it uses.</param>
/// <param name="Imports">What it needs.</param>
/// <param name="Exports">What it offers.</param>
/// <param name="Sections">In the file's order.</param>
internal sealed record ModuleReport(
    string File, int Size, int Compressed, string? Name, int Functions, ImmutableArray<string> Features,
    ImmutableArray<ImportReport> Imports, ImmutableArray<ExportReport> Exports, ImmutableArray<SectionReport> Sections);

/// <summary>One import.</summary>
/// <param name="Module">The module's name.</param>
/// <param name="Name">The field's name.</param>
/// <param name="Kind"><c>func</c>, <c>memory</c>, <c>table</c>, <c>global</c> or <c>tag</c>.</param>
/// <param name="Type">For people.</param>
internal sealed record ImportReport(string Module, string Name, string Kind, string Type);

/// <summary>One export.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>func</c>, <c>memory</c>, <c>table</c>, <c>global</c> or <c>tag</c>.</param>
/// <param name="Type">For people.</param>
internal sealed record ExportReport(string Name, string Kind, string Type);

/// <summary>One section.</summary>
/// <param name="Name">The specification's name; a custom section's own behind <c>custom</c>.</param>
/// <param name="Offset">Where its contents begin in the file.</param>
/// <param name="Size">Bytes of contents.</param>
internal sealed record SectionReport(string Name, int Offset, int Size);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(ModuleReport))]
internal sealed partial class WasmJson : JsonSerializerContext;
