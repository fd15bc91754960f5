using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClawGrains.Client.Mcp.Features;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.PluginFeatures;

/// <summary>Offers the tools of a tenant's running plugins.</summary>
/// <param name="grains">Reaches the grains.</param>
/// <param name="tenant">Whose plugins.</param>
/// <param name="waitForNewer">Completes when there is a listing with a number above the given one.</param>
internal sealed class PluginFeatureSource(
    IGrainFactory grains, TenantId tenant, Func<long, CancellationToken, Task> waitForNewer) : IMcpFeatureSource
{
    /// <summary>How often a call that takes its time tells of it.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private static readonly JsonTypeInfo<IDictionary<string, JsonElement>> ArgumentsType =
        (JsonTypeInfo<IDictionary<string, JsonElement>>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, JsonElement>));

    private readonly ConcurrentDictionary<string, IPluginGrain> _plugins = new(StringComparer.Ordinal);
    private volatile PluginOffers? _offers;

    /// <summary>The plugins of a tenant, told of changes by the registry's stream.</summary>
    public static PluginFeatureSource Of(IClusterClient client, TenantId tenant) =>
        new(client, tenant, new PluginWatch(client, tenant, TimeProvider.System).WaitAsync);

    /// <inheritdoc/>
    public string Name => $"the plugins of tenant '{tenant}'";

    private IPluginRegistryGrain Registry => grains.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(tenant));

    /// <inheritdoc/>
    public async ValueTask<McpFeatureSet> GetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var known = _offers;
        var newer = await Registry.ListIfNewerAsync(known?.Features.Number ?? long.MinValue);
        return (newer is null ? known! : _offers = new PluginOffers(newer)).Features;
    }

    /// <inheritdoc/>
    public Task WaitForChangeAsync(long number, CancellationToken cancellationToken) => waitForNewer(number, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CallToolResult> CallToolAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        if (_offers is null) await GetAsync(cancellationToken);
        var offer = _offers!.Find(request.Params.Name)
            ?? throw new PluginException(PluginErrorKind.NotFound, $"There is no tool '{request.Params.Name}' any more. List again to see what there is.");
        var call = Plugin(offer.Plugin).CallToolAsync(offer.Tool, Json(request.Params.Arguments), cancellationToken);
        if (request.Params.ProgressToken is { } token) await TellAsync(request, token, call, cancellationToken);
        return PluginResults.Of(await call);
    }

    /// <inheritdoc/>
    public ValueTask<GetPromptResult> GetPromptAsync(
        RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("BUG: plugins offer no prompts.");

    /// <inheritdoc/>
    public ValueTask<ReadResourceResult?> ReadResourceAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken) => new((ReadResourceResult?)null);

    /// <inheritdoc/>
    public ValueTask<Completion?> CompleteAsync(CompleteRequestParams request, CancellationToken cancellationToken) => new((Completion?)null);

    /// <inheritdoc/>
    public ValueTask<McpSkill?> GetSkillAsync(string uri, CancellationToken cancellationToken) => new((McpSkill?)null);

    // A guest has no way to tell how far it is: that it still runs is what can be told, and that it is done.
    private static async Task TellAsync(
        RequestContext<CallToolRequestParams> request, ProgressToken token, Task call, CancellationToken cancellationToken)
    {
        for (var beat = 1; ; beat++)
        {
            await call.WaitAsync(Beat, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var seconds = beat * Beat.TotalSeconds;
            ProgressNotificationValue progress = call.IsCompleted
                ? new() { Progress = beat, Total = beat, Message = "Done" }
                : new() { Progress = beat, Message = $"Running for {seconds:0} s" };
            await request.Server.NotifyProgressAsync(token, progress, cancellationToken: cancellationToken);
            if (call.IsCompleted) return;
        }
    }

    private static string Json(IDictionary<string, JsonElement>? arguments) =>
        arguments is null ? "{}" : JsonSerializer.Serialize(arguments, ArgumentsType);

    private IPluginGrain Plugin(string id) => _plugins.GetOrAdd(id, static (i, s) => s.grains.GetGrain<IPluginGrain>(GrainKeys.Of(s.tenant, i)), (grains, tenant));
}
