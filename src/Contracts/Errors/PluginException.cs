namespace ClawGrains.Contracts;

/// <summary>Carries a <see cref="PluginError"/> through code that reports by exception.</summary>
/// <param name="error">What went wrong; its message is safe to show.</param>
/// <param name="inner">The cause, for the log only.</param>
public sealed class PluginException(PluginError error, Exception? inner = null) : Exception(error.Message, inner)
{
    /// <summary>An error that names no resource.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="message">What is told; safe to show.</param>
    /// <param name="inner">The cause, for the log only.</param>
    public PluginException(PluginErrorKind kind, string message, Exception? inner = null)
        : this(new PluginError(kind, message), inner)
    {
    }

    /// <summary>What went wrong.</summary>
    public PluginError Error { get; } = error;
}
