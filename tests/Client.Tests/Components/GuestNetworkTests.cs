using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ClawGrains.Client.Tests.Components;

/// <summary><c>claw wasm run --allow-net</c>: a component that speaks <c>wasi:http</c> asks a server on loopback.</summary>
public sealed class GuestNetworkTests : IDisposable
{
    private const int Denied = -16;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _port;

    public GuestNetworkTests()
    {
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:PORT")]
    [InlineData("127.0.0.1", "127.0.0.1:*")]
    [InlineData("localhost", "localhost:PORT")]
    [InlineData("localhost", "*:PORT", "127.0.0.1:PORT")]
    public async Task Request_ToAnAddressThatIsNamed_Arrives(string host, params string[] allowed)
    {
        var serving = ServeAsync("HTTP/1.1 302 Found\r\nLocation: http://example.com/\r\nContent-Length: 0\r\n\r\n");
        Get(host, allowed).Status.ShouldBe(302);
        (await serving).ShouldBe("GET /some HTTP/1.1");
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:PORT")]
    [InlineData("127.0.0.1", "127.0.0.1:PORT", "127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.1:PORT", "localhost:PORT")]
    [InlineData("127.0.0.1", "127.0.0.1:PORT", "*:*")]
    [InlineData("2130706433", "127.0.0.1:PORT", "*:*")]
    [InlineData("[::1]", "[::1]:PORT", "*:*")]
    [InlineData("localhost", "localhost:PORT", "127.0.0.1:PORT")]
    [InlineData("example.test", "example.test:PORT", "*.example.test:PORT")]
    public void Request_NotAllowed_IsRefusedAndToldOf(string host, string wanted, params string[] allowed)
    {
        var (status, report, _) = Get(host, allowed);
        status.ShouldBe(Denied);
        report.GetProperty("refused").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe(Here(wanted));
        _listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public void Request_ToANameOfLoopbackByAWildcard_IsRefused()
    {
        var (status, report, _) = Get("localhost", "*:*");
        status.ShouldBe(Denied);
        report.GetProperty("refused").EnumerateArray().ShouldAllBe(r => r.GetString() == Here("127.0.0.1:PORT") || r.GetString() == Here("[::1]:PORT"));
    }

    [Fact]
    public void Request_NotAllowed_WithoutJson_SaysWhichSwitchPermitsIt() =>
        ComponentCommand.Run("run", Guest, "--invoke", $"get(false, \"127.0.0.1:{_port}\", \"/\")").Error.ShouldContain($"--allow-net 127.0.0.1:{_port} permits it");

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("example.com:0")]
    [InlineData("a b")]
    [InlineData("")]
    public void Run_AllowingNoHost_IsAUsageError(string host) => ComponentCommand.Parse("run", Guest, "--allow-net", host).Errors.ShouldNotBeEmpty();

    private static string Guest => Path.Combine(TestData.Repository, "tests/Guests/built/requests.wasm");

    private string Here(string text) => text.Replace("PORT", $"{_port}", StringComparison.Ordinal);

    private (int Status, JsonElement Report, string Error) Get(string host, params string[] allowed)
    {
        string[] words = ["run", Guest, "--json", "--invoke", $"get(false, \"{host}:{_port}\", \"/some\")", .. allowed.SelectMany(a => (string[])["--allow-net", Here(a)])];
        var (_, output, error) = ComponentCommand.Run(words);
        var report = JsonDocument.Parse(output).RootElement;
        return (report.GetProperty("results")[0].GetProperty("json").GetInt32(), report, error);
    }

    /// <summary>Answers one request, and gives its first line.</summary>
    private async Task<string?> ServeAsync(string answer)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        var first = await reader.ReadLineAsync();
        while (await reader.ReadLineAsync() is not (null or "")) { }
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
        return first;
    }
}
