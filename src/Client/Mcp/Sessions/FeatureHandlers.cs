using ClawGrains.Client.Mcp.Autogen;
using ClawGrains.Client.Mcp.Features;
using ClawGrains.Contracts;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>Answers the requests of the base protocol from a hub. Has no state of a session.</summary>
internal sealed partial class FeatureHandlers(FeatureHub hub, Pager pager, ToolCallRecorder? recorder, ILogger<FeatureHandlers> logger)
{
    public async ValueTask<ListToolsResult> ListToolsAsync(
        RequestContext<ListToolsRequestParams> request, CancellationToken cancellationToken)
    {
        var page = await pager.GetAsync("tools/list", request.Params?.Cursor, i => i.Tools, cancellationToken);
        return new() { Tools = page.Items, NextCursor = page.NextCursor };
    }

    public async ValueTask<ListPromptsResult> ListPromptsAsync(
        RequestContext<ListPromptsRequestParams> request, CancellationToken cancellationToken)
    {
        var page = await pager.GetAsync("prompts/list", request.Params?.Cursor, i => i.Prompts, cancellationToken);
        return new() { Prompts = page.Items, NextCursor = page.NextCursor };
    }

    public async ValueTask<ListResourcesResult> ListResourcesAsync(
        RequestContext<ListResourcesRequestParams> request, CancellationToken cancellationToken)
    {
        var page = await pager.GetAsync("resources/list", request.Params?.Cursor, i => i.Resources, cancellationToken);
        return new() { Resources = page.Items, NextCursor = page.NextCursor };
    }

    public async ValueTask<ListResourceTemplatesResult> ListResourceTemplatesAsync(
        RequestContext<ListResourceTemplatesRequestParams> request, CancellationToken cancellationToken)
    {
        var page = await pager.GetAsync(
            "resources/templates/list", request.Params?.Cursor, i => i.ResourceTemplates, cancellationToken);
        return new() { ResourceTemplates = page.Items, NextCursor = page.NextCursor };
    }

    public async ValueTask<CallToolResult> CallToolAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var index = await hub.GetAsync(cancellationToken);
        var name = request.Params.Name;
        var found = index.FindTool(name) ?? throw FeatureErrors.UnknownTool(name, index.Tools.Select(t => t.Name));
        try
        {
            var result = await found.Source.CallToolAsync(request, cancellationToken);
            if (result.IsError != true) recorder?.Record(request.Server.SessionId ?? "", name, request.Params.Arguments);
            return result;
        }
        catch (PluginException e)
        {
            return FeatureErrors.ToolResult(e.Error);
        }
        catch (Exception e) when (e is not (OperationCanceledException or McpException or InputRequiredException))
        {
            ToolFailed(name, found.Source.Name, e);
            return FeatureErrors.ToolResult(new(PluginErrorKind.Internal, $"'{name}' failed; the log of the host has the details."));
        }
    }

    public async ValueTask<GetPromptResult> GetPromptAsync(
        RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken)
    {
        var index = await hub.GetAsync(cancellationToken);
        var name = request.Params.Name;
        var found = index.FindPrompt(name) ?? throw FeatureErrors.UnknownPrompt(name, index.Prompts.Select(p => p.Name));
        var missing = found.Prompt.Arguments?.FirstOrDefault(
            a => a.Required == true && request.Params.Arguments?.ContainsKey(a.Name) != true);
        if (missing is not null)
            throw FeatureErrors.InvalidParams($"The prompt '{name}' needs the argument '{missing.Name}'.");
        return await RethrowAsync(() => found.Source.GetPromptAsync(request, cancellationToken));
    }

    public async ValueTask<ReadResourceResult> ReadResourceAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        var index = await hub.GetAsync(cancellationToken);
        var owner = index.FindResourceOwner(request.Params.Uri);
        foreach (var source in owner is null ? hub.Sources : [owner])
            if (await RethrowAsync(() => source.ReadResourceAsync(request, cancellationToken)) is { } result) return result;
        throw FeatureErrors.UnknownResource(request.Params.Uri, request.JsonRpcRequest, request.Server);
    }

    public async ValueTask<CompleteResult> CompleteAsync(
        RequestContext<CompleteRequestParams> request, CancellationToken cancellationToken)
    {
        var index = await hub.GetAsync(cancellationToken);
        if (request.Params.Ref is PromptReference prompt && index.FindPrompt(prompt.Name) is null)
            throw FeatureErrors.UnknownPrompt(prompt.Name, index.Prompts.Select(p => p.Name));
        foreach (var source in hub.Sources)
            if (await RethrowAsync(() => source.CompleteAsync(request.Params, cancellationToken)) is { } completion)
                return new() { Completion = completion };
        return new() { Completion = new() { Values = [], Total = 0, HasMore = false } };
    }

    private static async ValueTask<T> RethrowAsync<T>(Func<ValueTask<T>> call)
    {
        try
        {
            return await call();
        }
        catch (PluginException e)
        {
            throw FeatureErrors.From(e.Error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The tool {Tool} of {Source} failed.")]
    private partial void ToolFailed(string tool, string source, Exception exception);
}
