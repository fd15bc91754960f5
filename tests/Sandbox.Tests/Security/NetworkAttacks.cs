using System.Net;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

public sealed class NetworkAttacks
{
    private static PluginPermissions Net(params string[] hosts) => new() { Network = [.. hosts] };

    [Fact]
    public async Task T01_AllowedHost_Succeeds()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Ok("hello"));
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        (await host.Get(Net($"api.example.com:{server.Port}"), $"http://api.example.com:{server.Port}/x")).Result.ShouldBe("hello");
        server.Requests.ShouldBe(1);
    }

    [Fact]
    public void AllowedAddressOfIPv6_IsPermittedInAnySpelling() =>
        RequestUrl.Check("http://[0:0::1]:81/x", ["[::1]:81"], [new IPEndPoint(IPAddress.IPv6Loopback, 81)]).Port.ShouldBe(81);

    [Theory]
    [InlineData("http://other.example.com/", "host not in network allow-list")]
    public Task T02_HostNotListed_Denied(string url, string reason) => Denied(url, reason);

    [Fact]
    public Task T03_FileScheme_Denied() => Denied("file:///etc/passwd", "scheme not allowed");

    [Fact]
    public Task T04_DataScheme_Denied() => Denied("data:text/plain,x", "scheme not allowed");

    [Fact]
    public Task T05_Loopback_Denied() => Denied("http://127.0.0.1/", "private or reserved address");

    [Fact]
    public Task T06_MappedLoopback_Denied() => Denied("http://[::ffff:127.0.0.1]/", "private or reserved address");

    [Fact]
    public Task T07_Metadata_Denied() => Denied("http://169.254.169.254/", "private or reserved address");

    [Fact]
    public Task T08_PrivateNetwork_Denied() => Denied("http://10.0.0.1/", "private or reserved address");

    [Fact]
    public async Task T09_NoNetworkPermission_Denied()
    {
        await using var host = new Host();
        (await host.Get(PluginPermissions.None, "http://api.example.com/")).ToolError.ShouldBe("permission_denied: network access not permitted");
    }

    [Fact]
    public async Task T10_EleventhRequestInAMinute_Denied()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Ok("ok"));
        var time = new ManualTime();
        await using var host = new Host { Time = time, PermittedPrivate = { server.EndPoint } };
        var (net, url) = (Net($"api.example.com:{server.Port}"), $"http://api.example.com:{server.Port}/");
        for (var i = 0; i < 10; i++) (await host.Get(net, url)).Result.ShouldBe("ok");
        (await host.Get(net, url)).ToolError!.ShouldContain("rate limit");
        server.Requests.ShouldBe(10);
        time.Advance(TimeSpan.FromSeconds(61));
        (await host.Get(net, url)).Result.ShouldBe("ok");
    }

    [Fact]
    public async Task T11_TwoMegabyteBody_Denied()
    {
        await using var host = new Host();
        (await host.Run(Host.Plugin(Net("api.example.com")), "http", new { method = "POST", url = "http://api.example.com/", bytes = $"{2 << 20}" }))
            .ToolError!.ShouldContain("body too large");
    }

    [Fact]
    public async Task T12_SubdomainOfWildcard_Succeeds()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Ok("sub"));
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        (await host.Get(Net($"*.example.com:{server.Port}"), $"http://sub.example.com:{server.Port}/")).Result.ShouldBe("sub");
    }

    [Fact]
    public Task T13_ApexOfWildcard_Denied() => Denied("http://example.com/", "host not in network allow-list", "*.example.com");

    [Theory]
    [InlineData("http://2130706433/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://127.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[::ffff:a9fe:a9fe]/")]
    [InlineData("http://[0:0:0:0:0:ffff:a9fe:a9fe]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2001:0:7f00:1::]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[fec0::1]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://[fe80::1%251]/")]
    [InlineData("http://[::1%25lo]/")]
    [InlineData("http://[fe80::1%lo]/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://198.18.0.1/")]
    [InlineData("http://168.63.129.16/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://00000000000000000000177.0.0.1/")]
    [InlineData("http://127.0.0.1.:80/")]
    [InlineData("HTTP://127.0.0.1/")]
    public Task UnusualSpelling_OfReservedAddress_Denied(string url) => Denied(url, "private or reserved address", "*");

    // Names that some resolvers and browsers fold into an address or a name of this machine.
    [Theory]
    [InlineData("http://\uFF11\uFF12\uFF17.0.0.1/")]
    [InlineData("http://\u2460\u2461\u2466.0.0.1/")]
    [InlineData("http://127\u30020\u30020\u30021/")]
    [InlineData("http://127\uFF0E0\uFF0E0\uFF0E1/")]
    [InlineData("http://169.254.169.\uFF12\uFF15\uFF14/")]
    [InlineData("http://l\u24DEcalhost/")]
    [InlineData("http://local\u00ADhost/")]
    [InlineData("http://localhost\u200B/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://\u06F1\u06F2\u06F7.0.0.1/")]
    public async Task HostSpelledInUnicode_NeverReachesThisMachine(string url)
    {
        await using var host = new Host();
        (await host.RunRaw(Host.Plugin(Net("*")), "http", ("url", url))).ToolError.ShouldNotBeNull().ShouldStartWith("permission_denied: ");
    }

    [Theory]
    [InlineData("api.ex\u0430mple.com")]
    [InlineData("api.example.com\u3002evil.example")]
    [InlineData("api.example.com.evil.example")]
    [InlineData("evil-api.example.com")]
    [InlineData("api.example.com%2eevil.example")]
    public Task Host_ThatLooksLikeThePermittedOne_Denied(string host) => Denied($"http://{host}/", "");

    [Theory]
    [InlineData("http://api.example.com:0/", "not a URL")]
    [InlineData("http://api.example.com:65536/", "not a URL")]
    [InlineData("http:/api.example.com/", "not a URL")]
    [InlineData("http:api.example.com", "not a URL")]
    [InlineData("http:///etc/passwd", "not a URL")]
    [InlineData("//api.example.com/", "scheme not allowed")]
    [InlineData(" http://api.example.com/", "scheme not allowed")]
    [InlineData("http\u2028://api.example.com/", "scheme not allowed")]
    [InlineData("gopher://api.example.com/", "scheme not allowed")]
    [InlineData("jar:http://api.example.com/!/", "scheme not allowed")]
    [InlineData("http://api.example.com/\r\nHost:evil", "control characters")]
    [InlineData("http://@api.example.com/", "user information")]
    [InlineData("http://api.example.com#@evil.example/", "")]
    public async Task Url_OfAnotherKind_Denied(string url, string reason)
    {
        if (reason.Length > 0) await Denied(url, reason);
        else (await new Host().Get(Net("evil.example"), url)).ToolError.ShouldNotBeNull().ShouldContain("not in network allow-list: api.example.com");
    }

    [Theory]
    [InlineData("http://user:pw@api.example.com/", "user information")]
    [InlineData("http://api.example.com@evil.example/", "user information")]
    [InlineData("http://api.example.com:22/", "host not in network allow-list")]
    [InlineData("http:\\\\api.example.com/", "backslashes")]
    public Task Url_ThatMisleads_Denied(string url, string reason) => Denied(url, reason);

    [Fact]
    public async Task Name_ThatResolvesToAPrivateAddress_Denied()
    {
        await using var host = new Host { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14"), IPAddress.Parse("10.1.2.3")]) };
        (await host.Get(Net("api.example.com"), "http://api.example.com/")).ToolError!.ShouldContain("private or reserved address");
    }

    [Fact]
    public async Task Name_IsResolvedOnceForEachConnection_SoThatItCannotBeRebound()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Ok("first"));
        var asked = 0;
        await using var host = new Host
        {
            PermittedPrivate = { server.EndPoint },
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Loopback : IPAddress.Parse("127.0.0.2")]),
        };
        var (net, url) = (Net($"api.example.com:{server.Port}"), $"http://api.example.com:{server.Port}/");
        (await host.Get(net, url)).Result.ShouldBe("first");
        asked.ShouldBe(1);
        (await host.Get(net, url)).ToolError!.ShouldContain("private or reserved address");
    }

    [Fact]
    public async Task Redirect_ToAPrivateAddress_Denied()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Redirect("http://169.254.169.254/latest/meta-data"));
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        (await host.Get(Net($"api.example.com:{server.Port}", "*"), $"http://api.example.com:{server.Port}/")).ToolError!.ShouldContain("private or reserved address");
    }

    [Theory]
    [InlineData("http://other.example.com/", "host not in network allow-list")]
    [InlineData("file:///etc/passwd", "scheme not allowed")]
    [InlineData("http://0x7f000001/", "private or reserved address")]
    [InlineData("http://user:pw@api.example.com/", "user information")]
    [InlineData("//[", "redirect to what is not a URL")]
    [InlineData("///", "redirect to what is not a URL")]
    [InlineData("//a.example:x/", "redirect to what is not a URL")]
    [InlineData("\\\\evil\\x", "scheme not allowed")]
    public async Task Redirect_ToWhatIsNotPermitted_Denied(string to, string reason)
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Redirect(to));
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        (await host.Get(Net($"api.example.com:{server.Port}"), $"http://api.example.com:{server.Port}/")).ToolError!.ShouldContain(reason);
        server.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\nConnection: close\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 9\r\nConnection: close\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\nConnection: close\r\n\r\nzz\r\nhello")]
    [InlineData("HTTP/1.1 99999 X\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/9.9 200 OK\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")]
    [InlineData("nonsense")]
    public async Task ResponseThatIsNone_IsAFailureOfTheRequest_NotOfTheHost(string response)
    {
        using var server = new LoopbackServer(_ => response);
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        var outcome = await host.Get(Net($"api.example.com:{server.Port}"), $"http://api.example.com:{server.Port}/");
        outcome.Error.ShouldBeNull();
        (outcome.ToolError ?? outcome.Result).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(300)]
    [InlineData(4_000)]
    public async Task HostNameThatIsTooLong_IsAFailureOfTheRequest_NotOfTheHost(int length)
    {
        await using var host = new Host { Resolve = (name, cancellation) => Dns.GetHostAddressesAsync(name, cancellation) };
        var outcome = await host.Get(Net("*.example.com"), $"http://{string.Concat(Enumerable.Repeat("a.", length / 2))}example.com/");
        outcome.Error.ShouldBeNull();
        outcome.ToolError.ShouldNotBeNull();
    }

    [Fact]
    public async Task Redirects_WithoutEnd_Denied()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Redirect("/again"));
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        (await host.Get(Net($"api.example.com:{server.Port}"), $"http://api.example.com:{server.Port}/")).ToolError!.ShouldContain("redirects");
        server.Requests.ShouldBe(6);
    }

    [Theory]
    [InlineData("X-A", "one\r\nHost: evil", "control characters")]
    [InlineData("X-A\r\nHost", "evil", "forbidden characters")]
    [InlineData("X-A", "one\nHost: evil", "control characters")]
    [InlineData("X-A", "one\u0085Host: evil", "control characters")]
    [InlineData("X-A", "one\0", "control characters")]
    [InlineData("X-A:", "evil", "forbidden characters")]
    [InlineData("X A", "evil", "forbidden characters")]
    [InlineData("hOST", "evil", "header not allowed")]
    [InlineData("transfer-encoding", "chunked", "header not allowed")]
    [InlineData("Content-Length", "0", "header not allowed")]
    [InlineData("Proxy-Authorization", "x", "header not allowed")]
    [InlineData("Host", "evil", "header not allowed")]
    public async Task Header_ThatForges_Denied(string header, string value, string reason)
    {
        await using var host = new Host();
        (await host.RunRaw(Host.Plugin(Net("api.example.com")), "http", ("url", "http://api.example.com/"), ("header", header), ("value", value))).ToolError!.ShouldContain(reason);
    }

    // Letters whose lower byte is a line break, for senders that cut characters to bytes.
    [Fact]
    public async Task Header_WithLettersThatEndInALineBreak_IsNeverSplit()
    {
        using var server = new LoopbackServer(request => LoopbackServer.Ok(request.Contains("\nX-Evil", StringComparison.OrdinalIgnoreCase) ? "split" : "whole"));
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        var outcome = await host.RunRaw(Host.Plugin(Net($"api.example.com:{server.Port}")), "http",
            ("url", $"http://api.example.com:{server.Port}/"), ("header", "X-A"), ("value", "one\u010D\u010AX-Evil: 1"));
        outcome.Result.ShouldNotBe("split");
    }

    [Fact]
    public async Task Response_BeyondItsLimit_Denied()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Ok(new string('x', (4 << 20) + 1)));
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        (await host.Get(Net($"api.example.com:{server.Port}"), $"http://api.example.com:{server.Port}/")).ToolError!.ShouldContain("response body too large");
    }

    [Fact]
    public async Task Credential_IsSentByTheHost_AndNeverReachesThePlugin()
    {
        const string secret = "s3cr3t-value-1234";
        using var server = new LoopbackServer(request => LoopbackServer.Ok(
            request.Contains($"X-Api-Key: {secret}", StringComparison.Ordinal) ? $"you sent {secret} and {Convert.ToBase64String("s3cr3t-value-1234"u8)}" : "no key"));
        await using var host = new Host { PermittedPrivate = { server.EndPoint }, SecretValues = { ["api"] = secret } };
        var permissions = Net($"api.example.com:{server.Port}") with { Credentials = [new CredentialBinding($"api.example.com:{server.Port}", "X-Api-Key", "api")] };
        var body = (await host.Get(permissions, $"http://api.example.com:{server.Port}/")).Result!;
        body.ShouldStartWith("you sent [redacted] and [redacted]");
        body.ShouldNotContain("s3cr3t");
    }

    private static async Task Denied(string url, string reason, string allowed = "api.example.com")
    {
        await using var host = new Host();
        var error = (await host.RunRaw(Host.Plugin(Net(allowed)), "http", ("url", url))).ToolError.ShouldNotBeNull();
        error.ShouldStartWith("permission_denied: ");
        error.ShouldContain(reason);
    }
}
