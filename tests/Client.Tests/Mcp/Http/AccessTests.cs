using System.Net;
using System.Net.Http.Headers;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Tests.Mcp.Http;

public sealed class AccessTests
{
    private static readonly McpHttpOptions WithToken = new() { Credentials = [McpCredential.Of(TenantId.Default, "right")] };

    [Theory]
    [InlineData(null, "Bearer realm=\"clawgrains\"")]
    [InlineData("wrong", "error=\"invalid_token\"")]
    public async Task Request_WithoutTheToken_Is401WithAChallenge(string? token, string challenge)
    {
        await using var server = await HttpServer.StartAsync(WithToken, FakeSource.Of(1));
        using var request = server.Post(HttpServer.Initialize);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await server.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldContain(challenge);
        server.Endpoint.SessionCount.ShouldBe(0);
    }

    [Fact]
    public async Task Request_WithTheToken_IsServed()
    {
        await using var server = await HttpServer.StartAsync(WithToken, FakeSource.Of(1));
        (await server.InitializeAsync("right")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example:80")]
    [InlineData("10.0.0.1")]
    public async Task Host_ThatIsNotLoopback_Is403(string host)
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var request = server.Post(HttpServer.Initialize);
        request.Headers.Host = host;
        (await server.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("file://localhost")]
    [InlineData("http://localhost.evil.example")]
    public async Task Origin_OfAnotherSite_Is403_EvenWithTheToken(string origin)
    {
        await using var server = await HttpServer.StartAsync(WithToken, FakeSource.Of(1));
        using var request = server.Post(HttpServer.Initialize);
        request.Headers.Add("Origin", origin);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "right");
        (await server.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("http://localhost:6274")]
    [InlineData("http://127.0.0.1:6274")]
    [InlineData("https://app.example")]
    public async Task Origin_ThatIsAllowed_IsServed_AndMayRead(string origin)
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions { AllowedOrigins = ["https://app.example"] }, FakeSource.Of(1));
        using var request = server.Post(HttpServer.Initialize);
        request.Headers.Add("Origin", origin);
        using var response = await server.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([origin]);
        response.Headers.GetValues("Access-Control-Expose-Headers").Single().ShouldContain("Mcp-Session-Id");
    }

    [Fact]
    public async Task Preflight_OfAnAllowedOrigin_NeedsNoToken()
    {
        await using var server = await HttpServer.StartAsync(WithToken, FakeSource.Of(1));
        using var request = new HttpRequestMessage(HttpMethod.Options, server.Url);
        request.Headers.Add("Origin", "http://localhost:6274");
        request.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var response = await server.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Headers.GetValues("Access-Control-Allow-Headers").ShouldBe(["authorization"]);
    }

    [Fact]
    public async Task Session_OfAnotherTenant_IsUnknown()
    {
        var options = new McpHttpOptions
        {
            Credentials = [McpCredential.Of(TenantId.Parse("a"), "token-a"), McpCredential.Of(TenantId.Parse("b"), "token-b")],
        };
        await using var server = await HttpServer.StartAsync(options, FakeSource.Of(1));
        var session = await server.InitializeAsync("token-a");
        using var request = server.Post(HttpServer.ListTools, session);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "token-b");
        (await server.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Options_WithoutTokens_AreForLoopbackOnly()
    {
        new McpHttpOptions().RequireSafe([IPAddress.Loopback, IPAddress.IPv6Loopback]);
        WithToken.RequireSafe([IPAddress.Any]);
        Should.Throw<InvalidOperationException>(() => new McpHttpOptions().RequireSafe([IPAddress.Any])).Message.ShouldContain("127.0.0.1");
    }
}
