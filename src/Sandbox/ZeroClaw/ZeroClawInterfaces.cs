using System.Text;
using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Logging;

namespace ClawGrains.Sandbox.ZeroClaw;

/// <summary>
/// What tool plugins of <c>zeroclaw:plugin@0.1.0</c> import: logging, behind the guard of every log; secrets, of which a plugin
/// gets a stand-in alone; and the proxy, which there is none of.
/// </summary>
internal sealed class ZeroClawInterfaces(GuardedLog log)
{
    /// <summary>What a plugin gets in the place of a secret; the host sets the header that the manifest binds to it.</summary>
    public const string StandIn = "held-by-the-host";

    private const string Package = "zeroclaw:plugin";

    // trace, debug, info, warn, error.
    private static readonly Dictionary<string, byte> Levels = new(StringComparer.Ordinal)
    {
        ["trace"] = (byte)GuestLogLevel.Trace, ["debug"] = (byte)GuestLogLevel.Debug, ["info"] = (byte)GuestLogLevel.Information,
        ["warn"] = (byte)GuestLogLevel.Warning, ["error"] = (byte)GuestLogLevel.Error,
    };

    public void AddTo(ComponentLinker linker)
    {
        linker.Instance($"{Package}/logging@0.1.0").Func("log-record", Log);
        linker.Instance($"{Package}/secrets@0.1.0").Func("get", Secret);
        linker.Instance($"{Package}/plugin-config@0.1.0").Func("get-proxy-url", static (_, _) => ComponentValue.None);
    }

    private ComponentValue? Log(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var (session, name, message) = (HostSession.Of(call), arguments[0].Case, Line(arguments[1]));
        var level = Levels.GetValueOrDefault(name, (byte)GuestLogLevel.Information);
        session.Guard(call.Store, ("log", $"{level} {message}"), () => log.Write(session.Scope, level, message));
        return null;
    }

    private static ComponentValue? Secret(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var (session, name) = (HostSession.Of(call), arguments[0].AsString());
        var result = session.Guard(call.Store, ("get-secret", name), () => StandInFor(session.Scope, name));
        return result.Error is { } error
            ? ComponentValue.Error(ComponentValue.Enum(error.Kind == PluginErrorKind.PermissionDenied ? "access-denied" : "not-found"))
            : ComponentValue.Ok(ComponentValue.String(result.Value!));
    }

    // A plugin that asks has code that sends it: that goes on to work, as the host replaces the header on the way out.
    private static HostResult<string> StandInFor(CallScope scope, string name) =>
        scope.Permissions.Credentials.IsEmpty ? HostResult<string>.Deny("plugins are not shown secrets; bind it to a host under 'credentials' in the manifest")
        : scope.Permissions.Credentials.Any(c => c.Secret == name) ? HostResult<string>.Ok(StandIn)
        : HostResult<string>.Failed(PluginErrorKind.NotFound, $"no credential of the manifest binds the secret '{name}'");

    private static string Line(ComponentValue happened)
    {
        var line = new StringBuilder(happened["message"].AsString()).Append(" [").Append(happened["function-name"].AsString()).Append(": ").Append(happened["action"].Case);
        if (happened["outcome"].CasePayload is { } outcome) line.Append(", ").Append(outcome.Case);
        if (happened["duration-ms"].CasePayload is { } took) line.Append(", ").Append(took.AsU64()).Append(" ms");
        if (happened["attrs"].CasePayload is { } attributes) line.Append(", ").Append(attributes.AsString());
        return line.Append(']').ToString();
    }
}
