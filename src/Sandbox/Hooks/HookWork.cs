using System.Text;
using System.Text.Json.Nodes;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Hooks;

/// <summary>The names of points in WIT.</summary>
internal static class HookNames
{
    private static readonly string[] Names = [.. Enum.GetNames<HookPoint>().Select(Kebab)];

    public static string Of(HookPoint point) => Names[(int)point];

    public static HookPoint Point(string name) => (HookPoint)Array.IndexOf(Names, name);

    private static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
}

/// <summary>Tells a hook plugin of an event; without one, asks for its subscriptions.</summary>
internal sealed class HookWork(HookEvent? happening = null) : GuestWork
{
    private static readonly string[] Handle = ["clawgrains:hooks/hooks@1.0.0#handle", "zeroclaw:hooks/hooks@1.0.0#handle"];
    private static readonly string[] Subscriptions = ["clawgrains:hooks/hooks@1.0.0#subscriptions", "zeroclaw:hooks/hooks@1.0.0#subscriptions"];

    public override string? Function => happening is null ? null : "hook";

    public override string Arguments => happening is null ? "" : HookNames.Of(happening.Point);

    public override int InputBytes => happening is null ? 0 : Encoding.UTF8.GetByteCount(happening.Payload);

    protected override PluginOutcome Call(LiveGuest guest, HostSession session)
    {
        if (guest.Find(happening is null ? Subscriptions : Handle) is not { } function) return Lacks(guest, "clawgrains:hooks/hooks");
        return CallJson(function, session, happening is null ? new JsonObject() : new JsonObject { ["event"] = Event(happening) });
    }

    private static JsonObject Event(HookEvent happening) => new()
    {
        ["point"] = HookNames.Of(happening.Point),
        ["session"] = happening.Session,
        ["payload"] = happening.Payload,
    };
}
