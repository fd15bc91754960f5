using System.Collections.Immutable;

namespace ClawGrains.Sandbox.Autogen;

/// <summary>Calls of tools that were made again and again, with what differed lifted out as parameters.</summary>
public sealed record ToolSequencePlan
{
    /// <summary>The name of the tool that it becomes: 1 to 64 of <c>a-z 0-9 _ -</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for a model to read.</summary>
    public required string Description { get; init; }

    /// <summary>The calls, in order.</summary>
    public required ImmutableArray<PlannedCall> Calls { get; init; }

    /// <summary>What the caller gives.</summary>
    public required ImmutableArray<PlannedParameter> Parameters { get; init; }
}

/// <summary>A call of a tool.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">Its arguments as JSON, cut where parameters go.</param>
public sealed record PlannedCall(string Tool, ImmutableArray<PlannedPiece> Arguments);

/// <summary>A part of a JSON text: either a text as it is, or the value of a parameter.</summary>
/// <param name="Text">The text; null for a parameter.</param>
/// <param name="Parameter">The parameter's index, where there is no text.</param>
public readonly record struct PlannedPiece(string? Text, int Parameter = -1);

/// <summary>Something that differed between the calls that were observed.</summary>
/// <param name="Name">1 to 64 of <c>a-z A-Z 0-9 _</c>.</param>
/// <param name="Type">The JSON type that all its values had; null where they had several.</param>
/// <param name="Description">Where it goes.</param>
public sealed record PlannedParameter(string Name, string? Type, string Description);
