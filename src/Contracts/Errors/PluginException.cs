namespace ClawGrains.Contracts;

/// <summary>Carries a <see cref="PluginError"/> through code that reports by exception.</summary>
/// <param name="error">What went wrong; its message is safe to show.</param>
/// <param name="inner">The cause, for the log only.</param>
public sealed class PluginException(PluginError error, Exception? inner = null) : Exception(error.Message, inner)
{
    /// <summary>What went wrong.</summary>
    public PluginError Error { get; } = error;
}
