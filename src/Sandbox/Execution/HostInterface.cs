using System.Collections.Immutable;
using System.Text;
using ClawGrains.Components;
using ClawGrains.Sandbox.Files;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Logging;

namespace ClawGrains.Sandbox.Execution;

/// <summary>The interface <c>host</c> of <c>clawft:plugin@0.1.0</c>, each function behind its guard and in the audit.</summary>
internal sealed class HostInterface(GuardedHttp http, GuardedLog log)
{
    /// <summary>The names under which components import it: inline in the world, or by its package.</summary>
    public static readonly string[] Names = ["host", "clawft:plugin/host@0.1.0"];

    public void AddTo(ComponentLinker linker)
    {
        foreach (var name in Names)
            linker.Instance(name)
                .Func("http-request", Request).Func("read-file", Read).Func("write-file", Write).Func("get-env", Variable).Func("log", Log);
    }

    private ComponentValue? Request(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var session = HostSession.Of(call);
        var request = new GuestRequest(arguments[0].AsString(), arguments[1].AsString(), Headers(arguments[2]),
            arguments[3].CasePayload is { } body ? Encoding.UTF8.GetBytes(body.AsString()) : null);
        var result = session.Guard(call.Store, ("http-request", $"{request.Method} {request.Url}"),
            () => HostSession.Await(http.SendAsync(session.Scope, request, session.Cancellation)));
        if (result.Error is not null) return Error(result.Error.ToString());
        return result.Value!.Status < 400
            ? ComponentValue.Ok(ComponentValue.String(result.Value.Body))
            : Error($"HTTP {result.Value.Status}: {(result.Value.Body.Length > 1024 ? result.Value.Body[..1024] : result.Value.Body)}");
    }

    private static ComponentValue? Read(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var (session, path) = (HostSession.Of(call), arguments[0].AsString());
        var result = session.Guard(call.Store, ("read-file", path), () => GuardedFiles.Read(session.Scope, path));
        return result.Error is null ? ComponentValue.Ok(ComponentValue.String(result.Value!)) : Error(result.Error.ToString());
    }

    private static ComponentValue? Write(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var (session, path, content) = (HostSession.Of(call), arguments[0].AsString(), arguments[1].AsString());
        var result = session.Guard(call.Store, ("write-file", $"{path} ({content.Length} characters)"), () => GuardedFiles.Write(session.Scope, path, content));
        return result.Error is null ? ComponentValue.Ok() : Error(result.Error.ToString());
    }

    private static ComponentValue? Variable(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var (session, name) = (HostSession.Of(call), arguments[0].AsString());
        var result = session.Guard(call.Store, ("get-env", name), () => session.Options.Environment.Get(session.Scope, name));
        return result.Value is { } value ? ComponentValue.Some(ComponentValue.String(value)) : ComponentValue.None;
    }

    private ComponentValue? Log(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var (session, level, message) = (HostSession.Of(call), arguments[0].AsU8(), arguments[1].AsString());
        session.Guard(call.Store, ("log", $"{level} {message}"), () => log.Write(session.Scope, level, message));
        return null;
    }

    private static ImmutableArray<(string, string)> Headers(ComponentValue list) =>
        [.. list.AsList().Select(t => (t.AsList()[0].AsString(), t.AsList()[1].AsString()))];

    private static ComponentValue Error(string message) => ComponentValue.Error(ComponentValue.String(message));
}
