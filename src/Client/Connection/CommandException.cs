namespace ClawGrains.Client.Connection;

/// <summary>Ends a command with exit code 1 and this message; it says what happened and what to do.</summary>
/// <param name="message">For a person to read.</param>
/// <param name="code">The stable code.</param>
internal sealed class CommandException(string message, string code = "failed") : Exception(message)
{
    public string Code { get; } = code;
}
