using ClawGrains.Contracts;

namespace ClawGrains.Interfaces;

/// <summary>What of a <see cref="PluginException"/> a caller on another silo gets: the error, not its cause.</summary>
[GenerateSerializer]
[Alias("clawgrains.plugin-exception")]
public struct PluginExceptionSurrogate
{
    /// <summary>The kind of the error.</summary>
    [Id(0)] public int Kind;

    /// <summary>What is told.</summary>
    [Id(1)] public string Message;

    /// <summary>The limit that was reached.</summary>
    [Id(2)] public int Resource;
}

/// <summary>Lets grains throw <see cref="PluginException"/>, whose assembly knows nothing of Orleans.</summary>
[RegisterConverter]
public sealed class PluginExceptionConverter : IConverter<PluginException, PluginExceptionSurrogate>
{
    /// <inheritdoc/>
    public PluginException ConvertFromSurrogate(in PluginExceptionSurrogate surrogate) =>
        new(new PluginError((PluginErrorKind)surrogate.Kind, surrogate.Message, (ExhaustedResource)surrogate.Resource));

    /// <inheritdoc/>
    public PluginExceptionSurrogate ConvertToSurrogate(in PluginException value) =>
        new() { Kind = (int)value.Error.Kind, Message = value.Error.Message, Resource = (int)value.Error.Resource };
}
