namespace ClawGrains.Silo.Hosting;

/// <summary>The host can't start; the message says why and what to do.</summary>
/// <param name="message">For a person to read.</param>
/// <param name="inner">The cause.</param>
public sealed class HostStartException(string message, Exception? inner = null) : Exception(message, inner);
