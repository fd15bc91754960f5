using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Features;

/// <summary>
/// Something that offers tools, prompts and resources: the skills of a tenant, plugins, a fixture.
/// Offers are immutable numbered snapshots; calls always go to the newest content.
/// </summary>
internal interface IMcpFeatureSource
{
    /// <summary>What the source is called in messages about name collisions.</summary>
    string Name { get; }

    /// <summary>The snapshot in force; the same instance as long as nothing changed.</summary>
    ValueTask<McpFeatureSet> GetAsync(CancellationToken cancellationToken);

    /// <summary>Completes when a snapshot with a number above <paramref name="number"/> is in force.</summary>
    Task WaitForChangeAsync(long number, CancellationToken cancellationToken);

    /// <summary>Calls a tool of the snapshot. Failures of the tool are results with <c>isError</c>, not exceptions.</summary>
    ValueTask<CallToolResult> CallToolAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken);

    /// <summary>Renders a prompt of the snapshot.</summary>
    ValueTask<GetPromptResult> GetPromptAsync(
        RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken);

    /// <summary>Reads a resource, listed or of a template; null where the URI is none of this source's.</summary>
    ValueTask<ReadResourceResult?> ReadResourceAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken);

    /// <summary>Completes an argument of a prompt or template; null where the reference is none of this source's.</summary>
    ValueTask<Completion?> CompleteAsync(CompleteRequestParams request, CancellationToken cancellationToken);

    /// <summary>The SEP-2640 entry of a skill; null where no skill is served under <paramref name="uri"/>.</summary>
    ValueTask<McpSkill?> GetSkillAsync(string uri, CancellationToken cancellationToken);
}
