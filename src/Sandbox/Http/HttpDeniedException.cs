using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Http;

/// <summary>A request was refused; the message is safe to show to the plugin.</summary>
internal sealed class HttpDeniedException(string reason, ExhaustedResource resource = ExhaustedResource.None) : Exception(reason)
{
    public ExhaustedResource Resource { get; } = resource;
}
