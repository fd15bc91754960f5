using ClawGrains.Contracts;

namespace ClawGrains.Interfaces;

/// <summary>How a call of a tool ended: exactly one of the first three is set.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.plugin-call-result")]
public sealed record PluginCallResult
{
    /// <summary>What the tool answered, JSON by convention.</summary>
    [Id(0)]
    public string? Result { get; init; }

    /// <summary>The error that the tool itself answered with.</summary>
    [Id(1)]
    public string? ToolError { get; init; }

    /// <summary>Why the host ended or refused the call.</summary>
    [Id(2)]
    public PluginFailure? Failure { get; init; }

    /// <summary>Fuel that the call used.</summary>
    [Id(3)]
    public long FuelUsed { get; init; }

    /// <summary>How long it ran, waiting for its turn not counted.</summary>
    [Id(4)]
    public TimeSpan Duration { get; init; }
}

/// <summary>A <see cref="PluginError"/> on its way between grains.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.plugin-failure")]
public sealed record PluginFailure
{
    /// <summary>The name of a <see cref="PluginErrorKind"/>.</summary>
    [Id(0)]
    public required string Kind { get; init; }

    /// <summary>What it means and what to do next; safe to show.</summary>
    [Id(1)]
    public required string Message { get; init; }

    /// <summary>The name of an <see cref="ExhaustedResource"/>.</summary>
    [Id(2)]
    public string Resource { get; init; } = nameof(ExhaustedResource.None);

    /// <summary>For the way out.</summary>
    public static PluginFailure Of(PluginError error) => new() { Kind = error.Kind.ToString(), Message = error.Message, Resource = error.Resource.ToString() };

    /// <summary>For the way in; a kind of a later version of the product is an internal one.</summary>
    public PluginError ToError() => new(
        Enum.TryParse<PluginErrorKind>(Kind, out var kind) ? kind : PluginErrorKind.Internal, Message,
        Enum.TryParse<ExhaustedResource>(Resource, out var resource) ? resource : ExhaustedResource.None);
}
