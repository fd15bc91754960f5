using System.Net;
using System.Net.Sockets;

namespace ClawGrains.EndToEnd.Tests.Command;

public sealed class HostTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task Serve_IsHealthyAndReadyAndStopsCleanlyWhenAsked()
    {
        await using var host = await _claw.ServeAsync();
        (await host.Http.GetStringAsync("/healthz")).ShouldBe("ok\n");
        (await host.Http.GetStringAsync("/readyz")).ShouldStartWith("ready: ");
        (await host.TerminateAsync()).ShouldBe(0);
        File.Exists(Path.Combine(_claw.Data, "host.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Api_WithoutToken_IsRefused()
    {
        await using var host = await _claw.ServeAsync();
        (await host.Http.GetAsync("/api/v1/skills")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.WithToken(_claw.Data).Http.GetAsync("/api/v1/skills")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Token_IsReadableByItsOwnerAlone()
    {
        await using var host = await _claw.ServeAsync();
        File.GetUnixFileMode(Path.Combine(_claw.Data, "token")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [StateFact]
    public async Task Serve_SecondHostOnTheSameData_IsRefusedAndNamesTheFirst()
    {
        await using var host = await _claw.ServeAsync();
        (await _claw.RunAsync("serve", "--port", "0")).ShouldFail().Error.ShouldContain($"{host.ProcessId}");
        (await host.Http.GetStringAsync("/healthz")).ShouldBe("ok\n");
    }

    [Fact]
    public async Task Serve_PortInUse_SaysWhichAndWhatToDo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var error = (await _claw.RunAsync("serve", "--port", $"{port}")).ShouldFail().Error;
        error.ShouldContain($"{port}");
        error.ShouldContain("--port");
    }

    [StateFact]
    public async Task Serve_CorruptState_IsRefusedAndLeftAsItIs()
    {
        Directory.CreateDirectory(_claw.Data);
        var state = Path.Combine(_claw.Data, "state.db");
        await File.WriteAllTextAsync(state, new string('x', 10_000));
        (await _claw.RunAsync("serve", "--port", "0")).ShouldFail().Error.ShouldContain(state);
        (await File.ReadAllTextAsync(state)).ShouldBe(new string('x', 10_000));
        (await _claw.RunAsync("doctor")).ShouldFail().Output.ShouldContain(state);
    }

    [Fact]
    public async Task Serve_NoAuthBeyondLoopback_IsRefused() =>
        (await _claw.RunAsync("serve", "--port", "0", "--address", "0.0.0.0", "--auth", "none")).ShouldFail().Error.ShouldContain("loopback");

    [StateFact]
    public async Task Serve_AfterAKill_StartsAgainAndNumbersGoOn()
    {
        _claw.Home.WriteSkill("work/skills/a", "a");
        long before;
        await using (var first = await _claw.ServeAsync())
        {
            before = (await _claw.RunAsync("skill", "list", "--json")).Json.GetProperty("snapshot").GetInt64();
            await first.KillAsync();
        }
        _claw.Home.WriteSkill("work/skills/b", "b");
        await using var second = await _claw.ServeAsync();
        (await _claw.RunAsync("skill", "list", "--json")).Json.GetProperty("snapshot").GetInt64().ShouldBe(before + 1);
    }

    [Fact]
    public async Task Doctor_OnAFreshMachine_IsHealthyAndChangesNothing()
    {
        var report = (await _claw.RunAsync("doctor", "--json")).ShouldSucceed().Json;
        report.GetProperty("healthy").GetBoolean().ShouldBeTrue();
        Directory.Exists(_claw.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task Serve_FiftyMegabyteSkill_IsReportedAndTheOthersAreServed()
    {
        _claw.Home.WriteSkill("work/skills/good", "good");
        _claw.Home.Write("work/skills/huge/SKILL.md", "x");
        await using var file = new FileStream(Path.Combine(_claw.Home.Path, "work/skills/huge/SKILL.md"), FileMode.Open);
        file.SetLength(50 * 1024 * 1024);
        await using var host = await _claw.ServeAsync();
        var list = (await _claw.RunAsync("skill", "list", "--json")).ShouldSucceed().Json;
        list.GetProperty("skills").EnumerateArray().ShouldContain(s => s.GetProperty("name").GetString() == "good");
        list.GetProperty("invalid").EnumerateArray().ShouldContain(s => s.GetProperty("path").GetString()!.Contains("huge", StringComparison.Ordinal));
    }
}
