using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Features;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>
/// <c>subscriptions/listen</c> of revision 2026-07-28 (SEP-2575): acknowledges what will be told, then tells it on the
/// stream of the request until that is cancelled or the host stops.
/// </summary>
internal sealed class SubscriptionStream(FeatureHub hub, CancellationToken stopping)
{
    /// <summary>Holds the stream.</summary>
    public async ValueTask<EmptyResult> ListenAsync(
        RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        var seen = await hub.GetAsync(cancellationToken);
        var granted = Grant(request.Params.Notifications, seen);
        await SendAsync(request, Acknowledgement(granted), cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        try
        {
            while (true)
            {
                var next = await hub.WaitForOtherAsync(seen, either.Token);
                foreach (var notice in ChangeNotices.Between(seen, next, granted)) await SendAsync(request, notice, either.Token);
                seen = next;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new EmptyResult();
        }
    }

    private static SubscriptionsListenNotifications Grant(SubscriptionsListenNotifications asked, FeatureIndex index) => new()
    {
        ToolsListChanged = asked.ToolsListChanged == true ? true : null,
        PromptsListChanged = asked.PromptsListChanged == true ? true : null,
        ResourcesListChanged = asked.ResourcesListChanged == true ? true : null,
        ResourceSubscriptions = asked.ResourceSubscriptions is { Count: > 0 } uris
            ? [.. uris.Where(u => index.FindResourceOwner(u) is not null).Distinct().Take(SessionSubscriptions.Limit)]
            : null,
    };

    private static JsonRpcNotification Acknowledgement(SubscriptionsListenNotifications granted)
    {
        var notifications = new JsonObject();
        if (granted.ToolsListChanged == true) notifications["toolsListChanged"] = true;
        if (granted.PromptsListChanged == true) notifications["promptsListChanged"] = true;
        if (granted.ResourcesListChanged == true) notifications["resourcesListChanged"] = true;
        if (granted.ResourceSubscriptions is { } uris)
            notifications["resourceSubscriptions"] = new JsonArray([.. uris.Select(u => (JsonNode)u)]);
        return new()
        {
            Method = NotificationMethods.SubscriptionsAcknowledgedNotification,
            Params = new JsonObject { ["notifications"] = notifications },
        };
    }

    private static Task SendAsync(
        RequestContext<SubscriptionsListenRequestParams> request, JsonRpcNotification notice, CancellationToken cancellationToken)
    {
        var parameters = (JsonObject)(notice.Params ??= new JsonObject());
        parameters["_meta"] = new JsonObject
        {
            [MetaKeys.SubscriptionId] = request.JsonRpcRequest.Id.Id switch
            {
                string text => JsonValue.Create(text),
                long number => JsonValue.Create(number),
                _ => null,
            },
        };
        return request.Server.SendMessageAsync(notice, cancellationToken);
    }
}
