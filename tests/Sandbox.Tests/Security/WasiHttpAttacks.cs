using System.Net;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

/// <summary>A component that asks through <c>wasi:http</c> is held to the rules of <c>http-request</c>.</summary>
public sealed class WasiHttpAttacks
{
    /// <summary>The sixteenth case of <c>error-code</c>.</summary>
    private const string RequestDenied = """{"result":-16}""";

    private static PluginPermissions Net(params string[] hosts) => new() { Network = [.. hosts] };

    [Fact]
    public async Task AllowedHost_Succeeds_AndIsAudited()
    {
        using var server = new LoopbackServer(request => request.StartsWith("GET /x?y=1 ", StringComparison.Ordinal) ? LoopbackServer.Ok("hello") : null);
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        (await Get(host, Net($"api.example.com:{server.Port}"), $"api.example.com:{server.Port}", "/x?y=1")).ShouldBe("""{"result":200}""");
        var entry = (await host.Entries("http-request")).ShouldHaveSingleItem();
        (entry.Allowed, entry.Arguments).ShouldBe((true, $"GET http://api.example.com:{server.Port}/x?y=1"));
    }

    [Theory]
    [InlineData("other.example.com", "host not in network allow-list")]
    [InlineData("127.0.0.1", "private or reserved address")]
    [InlineData("[::ffff:127.0.0.1]", "private or reserved address")]
    [InlineData("169.254.169.254", "private or reserved address")]
    [InlineData("10.0.0.1", "private or reserved address")]
    [InlineData("api.example.com", "private or reserved address")]
    public async Task Elsewhere_Denied_WithTheReasonInTheAudit(string authority, string reason)
    {
        await using var host = new Host { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]) };
        (await Get(host, Net("api.example.com", "127.0.0.1", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1"), authority)).ShouldBe(RequestDenied);
        var entry = (await host.Entries("http-request")).ShouldHaveSingleItem();
        entry.Allowed.ShouldBeFalse();
        entry.Reason.ShouldContain(reason);
    }

    [Fact]
    public async Task NoNetworkPermission_Denied()
    {
        await using var host = new Host();
        (await Get(host, PluginPermissions.None, "api.example.com")).ShouldBe(RequestDenied);
        (await host.Entries("http-request")).ShouldHaveSingleItem().Reason.ShouldContain("network access not permitted");
    }

    [Fact]
    public async Task EleventhRequestInAMinute_Denied()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Ok("ok"));
        await using var host = new Host { Time = new ManualTime(), PermittedPrivate = { server.EndPoint } };
        var (net, authority) = (Net($"api.example.com:{server.Port}"), $"api.example.com:{server.Port}");
        for (var i = 0; i < 10; i++) (await Get(host, net, authority)).ShouldBe("""{"result":200}""");
        (await Get(host, net, authority)).ShouldBe(RequestDenied);
        server.Requests.ShouldBe(10);
    }

    [Fact]
    public async Task Redirect_ComesBackToThePlugin_WhichMustAskForTheNewPlace()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Redirect("http://169.254.169.254/"));
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        (await Get(host, Net($"api.example.com:{server.Port}"), $"api.example.com:{server.Port}")).ShouldBe("""{"result":302}""");
        (await host.Entries("http-request")).ShouldHaveSingleItem();
    }

    private static async Task<string?> Get(Host host, PluginPermissions permissions, string authority, string path = "/") =>
        (await host.Run(Host.Plugin(permissions, guest: "requests"), "get", new { secure = false, authority, path })).Result;
}
