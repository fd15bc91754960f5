using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Features;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>The notifications that tell of a change of features.</summary>
internal static class ChangeNotices
{
    /// <summary>The notifications of a change that <paramref name="wanted"/> asks for, with its resources.</summary>
    public static IEnumerable<JsonRpcNotification> Between(
        FeatureIndex before, FeatureIndex after, SubscriptionsListenNotifications wanted)
    {
        var change = FeatureChange.Between(before, after);
        if (change.Tools && wanted.ToolsListChanged == true)
            yield return new() { Method = NotificationMethods.ToolListChangedNotification };
        if (change.Prompts && wanted.PromptsListChanged == true)
            yield return new() { Method = NotificationMethods.PromptListChangedNotification };
        if (change.Resources && wanted.ResourcesListChanged == true)
            yield return new() { Method = NotificationMethods.ResourceListChangedNotification };
        foreach (var uri in wanted.ResourceSubscriptions ?? [])
            if (before.VersionOf(uri) != after.VersionOf(uri))
                yield return new()
                {
                    Method = NotificationMethods.ResourceUpdatedNotification,
                    Params = new JsonObject { ["uri"] = uri },
                };
    }
}
