namespace ClawGrains.Contracts;

/// <summary>
/// An error as it is told to a model, a person, an MCP client or an HTTP caller. <see cref="Message"/> is safe to show:
/// it carries no secret, no stack and no path outside what the caller named.
/// </summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Message">What it means and what to do next.</param>
/// <param name="Resource">The limit that was reached, where one was.</param>
public sealed record PluginError(
    PluginErrorKind Kind, string Message, ExhaustedResource Resource = ExhaustedResource.None)
{
    /// <summary>The stable code: the same in MCP, CLI and HTTP, and never renamed.</summary>
    public string Code => PluginErrorCodes.Of(Kind, Resource);

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}
