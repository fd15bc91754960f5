using System.Text.Json;
using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Tests.Plugins;

public sealed class PluginGrainTests : IAsyncLifetime
{
    private PluginCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await PluginCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Call_OfAnInstalledSample_AnswersAndTellsItsFuel()
    {
        (await _cluster.Registry().InstallAsync(PluginCluster.Sample)).Plugin!.State.ShouldBe("enabled");
        var answer = await _cluster.Plugin("text-tools").CallToolAsync("word-count", """{"text":"one two three"}""");
        answer.Result.ShouldBe("""{"words":3}""");
        answer.FuelUsed.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Call_PluginsTurnedOff_SaysHowToTurnThemOn()
    {
        _cluster.Settings = new PluginSettings();
        var failure = (await _cluster.Plugin("text-tools").CallToolAsync("echo", "{}")).Failure!.ToError();
        failure.Kind.ShouldBe(PluginErrorKind.PermissionDenied);
        failure.Message.ShouldContain("claw config set plugins.enabled true");
        (await _cluster.Registry().InstallAsync(PluginCluster.Sample)).Failure!.Message.ShouldContain("plugins.enabled");
        (await _cluster.Registry().ListAsync()).Enabled.ShouldBeFalse();
    }

    [Fact]
    public async Task Call_UnknownPlugin_IsNotFound() =>
        (await _cluster.Plugin("nobody").CallToolAsync("echo", "{}")).Failure!.ToError().Code.ShouldBe("not_found");

    [Fact]
    public async Task Listing_OfARunningPlugin_HasItsToolsWithSchemas()
    {
        await _cluster.Registry().InstallAsync(PluginCluster.Sample);
        var plugin = (await _cluster.Registry().ListAsync()).Plugins.ShouldHaveSingleItem();
        plugin.Tools.Select(t => t.Name).ShouldBe(["word-count", "echo"]);
        JsonDocument.Parse(plugin.Tools[0].InputSchema).RootElement.GetProperty("required")[0].GetString().ShouldBe("text");
        plugin.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Listing_WhileTheLockFileIsDamaged_TellsIt_AndIsWholeAgainOnceItIsMended()
    {
        await _cluster.Registry().InstallAsync(PluginCluster.Sample);
        var before = await _cluster.Registry().ListAsync();
        var file = Path.Combine(_cluster.Data, "plugins", "plugins.lock.json");
        var good = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, "[{");

        var damaged = (await _cluster.Registry().ListIfNewerAsync(before.Number)).ShouldNotBeNull();
        damaged.Problems.ShouldHaveSingleItem().ShouldStartWith($"{file} is damaged");
        damaged.Plugins.ShouldBeEmpty();
        (await _cluster.Registry().ListIfNewerAsync(damaged.Number)).ShouldBeNull();
        (await _cluster.Plugin("text-tools").CallToolAsync("echo", "{}")).Failure!.Message.ShouldContain("is damaged");

        await File.WriteAllTextAsync(file, good);
        var mended = (await _cluster.Registry().ListIfNewerAsync(damaged.Number)).ShouldNotBeNull();
        (mended.Plugins.Length, mended.Problems.Length).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Tools_WrittenDownInADamagedFile_AreAskedForAgain()
    {
        var package = (await _cluster.Registry("one").InstallAsync(PluginCluster.Sample)).Plugin!.Active!.Package;
        var tools = Directory.CreateDirectory(Path.Combine(_cluster.Data, "tenants", "two", "plugins", "tools")).FullName;
        await File.WriteAllTextAsync(Path.Combine(tools, package + ".json"), "[{");
        (await _cluster.Registry("two").InstallAsync(PluginCluster.Sample)).Plugin!.Tools.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Tools_ThatTellWhatTheScanRefuses_AreNotOffered_UnlessItIsForced()
    {
        // What a component puts together itself is in no string of its file.
        var guest = PluginCluster.Guest("probe");
        "webhook\\u002esite         "u8.CopyTo(guest.AsSpan(guest.AsSpan().IndexOf("Gives back its parameters."u8)));
        var install = PluginCluster.Probe();
        install = install with { Files = install.Files!.SetItem("plugin.wasm", [.. guest]) };
        (await _cluster.Registry().InstallAsync(install)).Plugin!.Problem.ShouldNotBeNull().ShouldContain("exfiltration-address");
        (await _cluster.Registry().ListAsync()).Plugins.ShouldHaveSingleItem().Tools.ShouldBeEmpty();

        var forced = (await _cluster.Registry().InstallAsync(install with { Force = true })).Plugin!;
        forced.Problem.ShouldBeNull();
        forced.Tools.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task PackageWhoseFilesWereChanged_RunsOnceItIsInstalledAgain()
    {
        var package = (await _cluster.Registry().InstallAsync(PluginCluster.Sample)).Plugin!.Active!.Package;
        await File.WriteAllTextAsync(Path.Combine(_cluster.Data, "plugins", "packages", package, "plugin.wasm"), "x");
        (await _cluster.Registry().InstallAsync(PluginCluster.Sample)).Plugin!.Tools.Length.ShouldBe(2);
        (await _cluster.Plugin("text-tools").CallToolAsync("echo", "{}")).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Listing_AfterAStep_HasAGreaterNumber()
    {
        var first = await _cluster.Registry().ListAsync();
        (await _cluster.Registry().ListIfNewerAsync(first.Number)).ShouldBeNull();
        await _cluster.Registry().InstallAsync(PluginCluster.Sample);
        var second = (await _cluster.Registry().ListIfNewerAsync(first.Number)).ShouldNotBeNull();
        second.Number.ShouldBeGreaterThan(first.Number);
        second.Plugins.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Install_AsksForAHost_WaitsForApproval()
    {
        var pending = (await _cluster.Registry().InstallAsync(PluginCluster.Probe(permissions: """{"network":["api.example.com"]}"""))).Plugin!;
        (pending.State, pending.AsksFor.Single()).ShouldBe(("pending", "network: api.example.com"));
        (await Call("echo")).Failure!.Message.ShouldContain("waits for approval of network: api.example.com");
        (await _cluster.Registry().ApplyAsync("probe", PluginStep.Approve)).Plugin!.State.ShouldBe("enabled");
        (await Call("env", """{"name":"HOME"}""")).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Upgrade_OneMoreHost_AsksForTheNewOneWhileTheOldServes()
    {
        await _cluster.Registry().InstallAsync(PluginCluster.Probe(permissions: """{"network":["a.example.com"]}""") with { Approve = true });
        var upgrade = (await _cluster.Registry().InstallAsync(PluginCluster.Probe("1.1.0", """{"network":["a.example.com","b.example.com"]}"""))).Plugin!;
        upgrade.AsksFor.ShouldBe(["network: b.example.com"]);
        (upgrade.State, upgrade.Active!.Version, upgrade.Candidate!.Version).ShouldBe(("enabled", "1.0.0", "1.1.0"));
        (await Call("env", """{"name":"HOME"}""")).Failure.ShouldBeNull();
        (await _cluster.Registry().ApplyAsync("probe", PluginStep.Approve)).Plugin!.Active!.Version.ShouldBe("1.1.0");
        (await _cluster.Registry().ApplyAsync("probe", PluginStep.Rollback)).Plugin!.Active!.Version.ShouldBe("1.0.0");
    }

    [Fact]
    public async Task Disable_TakesHoldOfTheNextCall()
    {
        await _cluster.Registry().InstallAsync(PluginCluster.Sample);
        (await _cluster.Plugin("text-tools").CallToolAsync("echo", "{}")).Result.ShouldBe("{}");
        await _cluster.Registry().ApplyAsync("text-tools", PluginStep.Disable);
        (await _cluster.Plugin("text-tools").CallToolAsync("echo", "{}")).Failure!.Message.ShouldContain("is disabled");
        (await _cluster.Registry().ListAsync()).Plugins.Single().Tools.ShouldBeEmpty();
    }

    [Fact]
    public async Task Purge_OfARemovedPlugin_LeavesNothingBehind()
    {
        await _cluster.Registry().InstallAsync(PluginCluster.Sample);
        await _cluster.Registry().ApplyAsync("text-tools", PluginStep.Remove);
        (await _cluster.Registry().ApplyAsync("text-tools", PluginStep.Purge)).Failure.ShouldBeNull();
        (await _cluster.Registry().ListAsync()).Plugins.ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(Path.Combine(_cluster.Data, "plugins", "packages")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tenants_SamePluginName_AreApart()
    {
        await _cluster.Registry("one").InstallAsync(PluginCluster.Sample);
        (await _cluster.Plugin("text-tools", "one").CallToolAsync("echo", "{}")).Result.ShouldBe("{}");
        (await _cluster.Plugin("text-tools", "two").CallToolAsync("echo", "{}")).Failure!.ToError().Kind.ShouldBe(PluginErrorKind.NotFound);
        (await _cluster.Registry("two").ListAsync()).Plugins.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancellation_ReachesAGuestThatNeverYields()
    {
        await _cluster.Registry().InstallAsync(PluginCluster.Probe(resources: """{"max_fuel":10000000000,"max_concurrency":1,"max_execution_seconds":300}"""));
        var runs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cluster.Log = _ => runs.TrySetResult();
        using var ending = new CancellationTokenSource();
        var call = _cluster.Plugin("probe").CallToolAsync("loop", """{"message":"runs"}""", ending.Token);
        await runs.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await ending.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        // The only place is free again.
        (await Call("env", """{"name":"HOME"}""").WaitAsync(TimeSpan.FromSeconds(60))).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Install_CapabilityNotAllowed_IsRefusedByName()
    {
        _cluster.Settings = new PluginSettings { Enabled = true, Capabilities = new CapabilityPolicy { Deny = ["network"] } };
        var refusal = (await _cluster.Registry().InstallAsync(PluginCluster.Probe(permissions: """{"network":["a.example.com"]}"""))).Failure!;
        refusal.Message.ShouldContain("does not allow network");
        (await _cluster.Registry().InstallAsync(PluginCluster.Probe(permissions: """{"shell":true}"""))).Failure!.Message.ShouldContain("shell");
    }

    [Fact]
    public async Task Install_NothingThere_SaysSo() =>
        (await _cluster.Registry().InstallAsync(new PluginInstall { Path = "/nowhere/at/all" })).Failure!.ToError().Kind.ShouldBe(PluginErrorKind.NotFound);

    [Fact]
    public async Task Skills_OfARunningPlugin_AreTheLayerBelowTheManagedOne()
    {
        var catalog = _cluster.Grains.GetGrain<ICatalogGrain>("default");
        (await catalog.GetSnapshotAsync()).Skills.ShouldBeEmpty();
        var install = PluginCluster.Probe(more: ""","skills":["skills"]""");
        install = install with { Files = install.Files.Add("skills/tides/SKILL.md", [.. "---\nname: tides\ndescription: Tells tides.\n---\nDo.\n"u8]) };
        (await _cluster.Registry().InstallAsync(install)).Failure.ShouldBeNull();
        (await catalog.GetSnapshotAsync()).Skills.Single().ShouldSatisfyAllConditions(s => s.Name.ShouldBe("tides"), s => s.Layer.ShouldBe(LayerNames.Plugin));
        await _cluster.Registry().ApplyAsync("probe", PluginStep.Disable);
        (await catalog.GetSnapshotAsync()).Skills.ShouldBeEmpty();
    }

    [Fact]
    public async Task LockFile_ReplacedByAnotherProcess_IsReadAgain()
    {
        await _cluster.Registry("one").InstallAsync(PluginCluster.Sample);
        (await _cluster.Registry("two").InstallAsync(PluginCluster.Probe())).Failure.ShouldBeNull();
        var (from, to) = (Path.Combine(_cluster.Data, "tenants/one/plugins"), Path.Combine(_cluster.Data, "tenants/two/plugins"));
        foreach (var package in Directory.EnumerateDirectories(Path.Combine(from, "packages"))) Directory.Move(package, Path.Combine(to, "packages", Path.GetFileName(package)));
        File.Copy(Path.Combine(from, "plugins.lock.json"), Path.Combine(to, "plugins.lock.json"), overwrite: true);
        (await _cluster.Registry("two").ListAsync()).Plugins.Single().Id.ShouldBe("text-tools");
        (await _cluster.Plugin("text-tools", "two").CallToolAsync("echo", "{}")).Result.ShouldBe("{}");
    }

    private Task<PluginCallResult> Call(string tool, string json = "{}") => _cluster.Plugin("probe").CallToolAsync(tool, json);
}
