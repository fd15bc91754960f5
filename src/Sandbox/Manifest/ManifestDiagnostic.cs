using System.Collections.Immutable;
using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Manifest;

/// <summary>A remark on a manifest.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Field">The field, for example <c>permissions.network[0]</c>; empty for the whole.</param>
/// <param name="Message">What is wrong and what is wanted.</param>
/// <param name="IsError">Whether the manifest is refused for it.</param>
public sealed record ManifestDiagnostic(string File, int Line, int Column, string Field, string Message, bool IsError)
{
    /// <summary>Where it is and what, for a list that says how grave its lines are.</summary>
    public string Text => $"{Place}: {What}";

    private string Place => $"{File}:{Line}:{Column}";

    private string What => Field.Length == 0 ? Message : $"{Field}: {Message}";

    /// <inheritdoc/>
    public override string ToString() => $"{Place}: {(IsError ? "error" : "warning")}: {What}";
}

/// <summary>What reading a manifest gave: the manifest, or the errors that stand against it, and warnings.</summary>
public sealed record ManifestResult
{
    /// <summary>The manifest; null where there are errors.</summary>
    public PluginManifest? Manifest { get; init; }

    /// <summary>Errors and warnings in the file's order.</summary>
    public ImmutableArray<ManifestDiagnostic> Diagnostics { get; init; } = [];

    /// <summary>Why there is no manifest; <see cref="PluginErrorKind.Incompatible"/> where only the ABI version is wrong. Null where there is one.</summary>
    public PluginError? Error { get; init; }
}
