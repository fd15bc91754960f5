using System.Text;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

/// <summary>Services that give a plugin back the secret which the host put into its request.</summary>
public sealed class CredentialAttacks
{
    private const string Secret = "s3cr3t/value+1234 &c";

    public static TheoryData<string, string> Spellings() => new()
    {
        { "plain", Secret },
        { "base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)) },
        { "base64 inside a text", Convert.ToBase64String(Encoding.UTF8.GetBytes($"ab{Secret}tail")) },
        { "base64 for URLs", Convert.ToBase64String(Encoding.UTF8.GetBytes($"x{Secret}y")).Replace('+', '-').Replace('/', '_').TrimEnd('=') },
        { "URL encoding", Uri.EscapeDataString(Secret) },
        { "URL encoding of everything", string.Concat(Encoding.UTF8.GetBytes(Secret).Select(b => $"%{b:x2}")) },
        { "hexadecimal", Convert.ToHexString(Encoding.UTF8.GetBytes(Secret)) },
        { "hexadecimal with colons", BitConverter.ToString(Encoding.UTF8.GetBytes(Secret)).Replace('-', ':').ToLowerInvariant() },
        { "JSON", System.Text.Json.JsonSerializer.Serialize(Secret).Trim('"') },
        { "JSON with escaped slashes", Secret.Replace("/", "\\/") },
        { "JSON, all escaped", string.Concat(Secret.Select(c => $"\\u{(int)c:X4}")) },
        { "form encoding", System.Net.WebUtility.UrlEncode(Secret) },
        { "form encoding of spaces alone", Secret.Replace(' ', '+') },
        { "HTML", System.Net.WebUtility.HtmlEncode(Secret) },
        { "HTML with escaped slashes", System.Net.WebUtility.HtmlEncode(Secret).Replace("/", "&#x2F;") },
        { "HTML, all escaped", string.Concat(Secret.Select(c => $"&#{(int)c};")) },
        { "UTF-16", string.Join('\0', (IEnumerable<char>)Secret) },
        { "backwards", new string([.. Secret.Reverse()]) },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task EchoedSecret_InAnySpelling_IsBlottedOut(string spelling, string text)
    {
        var result = (await Ask(_ => LoopbackServer.Ok($"it is {text}, I think"))).Result.ShouldNotBeNull(spelling);
        result.ShouldContain("[redacted]");
        result.ShouldNotContain(text, Case.Insensitive);
    }

    [Fact]
    public async Task EchoedSecret_InPieces_IsBlottedOut() =>
        (await Ask(_ => LoopbackServer.Chunked($"<{Secret}>"))).Result.ShouldBe("<[redacted]>");

    [Fact]
    public async Task EchoedSecret_InHeaders_NeverReachesThePlugin() =>
        (await Ask(_ => LoopbackServer.Ok("body", $"X-Echo: {Secret}\r\nSet-Cookie: k={Secret}\r\n"))).Result.ShouldBe("body");

    [Fact]
    public async Task EchoedSecret_InAnErrorAnswer_IsBlottedOut()
    {
        var error = (await Ask(_ => $"HTTP/1.1 403 Forbidden\r\nContent-Length: {Secret.Length + 8}\r\nConnection: close\r\n\r\nbad key {Secret}")).ToolError.ShouldNotBeNull();
        error.ShouldBe("HTTP 403: bad key [redacted]");
    }

    [Fact]
    public async Task EchoedSecret_InARedirect_IsBlottedOutOfTheRefusalAndTheAudit()
    {
        const string secret = "abcdef123456";
        await using var host = new Host { SecretValues = { ["api"] = secret } };
        using var server = new LoopbackServer(_ => LoopbackServer.Redirect($"http://{secret}.evil.example/"));
        host.PermittedPrivate.Add(server.EndPoint);
        var outcome = await host.Get(Bound(server.Port), $"http://api.example.com:{server.Port}/");
        outcome.ToolError.ShouldNotBeNull().ShouldContain("[redacted].evil.example");
        (await host.Entries("http-request")).ShouldAllBe(e => !e.Reason.Contains(secret) && !e.Arguments.Contains(secret));
    }

    [Fact]
    public async Task Secret_IsSentToItsHostAlone()
    {
        var seen = new List<string>();
        await Ask(request =>
        {
            seen.Add(request);
            return seen.Count == 1 ? LoopbackServer.Redirect("/other") : LoopbackServer.Ok("ok");
        }, boundTo: "elsewhere.example");
        seen.ShouldAllBe(r => !r.Contains(Secret));
        seen.Count.ShouldBe(2);
    }

    [Fact]
    public async Task HeaderOfThePlugin_CannotStandInForTheSecret()
    {
        string? seen = null;
        await using var host = new Host { SecretValues = { ["api"] = Secret } };
        using var server = new LoopbackServer(request => LoopbackServer.Ok(seen = request));
        host.PermittedPrivate.Add(server.EndPoint);
        await host.Run(Host.Plugin(Bound(server.Port)), "http", new { url = $"http://api.example.com:{server.Port}/", header = "X-Api-Key", value = "mine" });
        seen.ShouldNotBeNull().ShouldContain($"X-Api-Key: {Secret}");
        seen.ShouldNotContain("mine");
    }

    [Fact]
    public async Task SecretThatHoldsLineBreaks_IsNotSent()
    {
        await using var host = new Host { SecretValues = { ["api"] = "abcdef\r\nX-Evil: 1" } };
        using var server = new LoopbackServer(_ => LoopbackServer.Ok("ok"));
        host.PermittedPrivate.Add(server.EndPoint);
        (await host.Get(Bound(server.Port), $"http://api.example.com:{server.Port}/")).ToolError!.ShouldContain("line breaks");
        server.Requests.ShouldBe(0);
    }

    private static PluginPermissions Bound(int port, string host = "api.example.com") => new()
    {
        Network = [$"api.example.com:{port}"],
        Credentials = [new CredentialBinding($"{host}:{port}", "X-Api-Key", "api")],
    };

    private static async Task<Execution.PluginOutcome> Ask(Func<string, string?> answer, string boundTo = "api.example.com")
    {
        await using var host = new Host { SecretValues = { ["api"] = Secret } };
        using var server = new LoopbackServer(answer);
        host.PermittedPrivate.Add(server.EndPoint);
        return await host.Get(Bound(server.Port, boundTo), $"http://api.example.com:{server.Port}/");
    }
}
