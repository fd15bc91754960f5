using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>The revisions of MCP that are spoken, and what differs between them here.</summary>
internal static class ProtocolVersions
{
    /// <summary>The first revision without <c>initialize</c> and sessions (SEP-2575, SEP-2567).</summary>
    public const string FirstStateless = "2026-07-28";

    /// <summary>The first revision whose SSE streams begin with an empty event that carries an id (SEP-1699).</summary>
    public const string FirstPrimed = "2025-11-25";

    /// <summary>The revisions that begin with <c>initialize</c>.</summary>
    public static IReadOnlyList<string> WithInitialize { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", FirstPrimed];

    /// <summary>The revisions that <c>server/discover</c> lists.</summary>
    public static IReadOnlyList<string> Stateless { get; } = [FirstStateless];

    /// <summary>Whether requests of this revision stand alone.</summary>
    public static bool IsStateless(string? version) =>
        !string.IsNullOrEmpty(version) && string.CompareOrdinal(version, FirstStateless) >= 0;

    /// <summary>Whether this revision is spoken.</summary>
    public static bool IsSupported(string version) => WithInitialize.Contains(version) || Stateless.Contains(version);

    /// <summary>Whether a request is of a revision whose requests stand alone.</summary>
    public static bool IsStateless(JsonRpcRequest request, McpServer? server = null) =>
        IsStateless(request.Context?.ProtocolVersion ?? server?.NegotiatedProtocolVersion);
}
