using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Lifecycle;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Sandbox.State;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Tests.Crash;

/// <summary>
/// <c>kill -9</c> in loops. CLAWGRAINS_CRASH_ROUNDS sets how often each store's writer is killed (default 4); the seed is
/// in the message of a failure.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private static readonly int Rounds = int.TryParse(System.Environment.GetEnvironmentVariable("CLAWGRAINS_CRASH_ROUNDS"), out var rounds) ? rounds : 4;

    private readonly TemporaryDirectory _directory = new();
    private readonly int _seed = System.Environment.TickCount;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Audit_KilledWhileItIsWritten_KeepsWhatWasAwaited_AndItsChain()
    {
        var random = new Random(_seed);
        for (var round = 0; round < Rounds; round++)
        {
            var last = await Crashing.RunAsync("audit", _directory.Path, random.Next(1, 30), random);
            await using var store = SqliteAuditStore.Open(Path.Combine(_directory.Path, "audit.db"), TimeProvider.System);
            var check = await store.VerifyAsync();
            check.IsIntact.ShouldBeTrue($"seed {_seed}, round {round}: {check.Reason}");
            // What is on disk is whole and in order: every record up to the last that was awaited, perhaps more.
            var newest = (await store.QueryAsync(new AuditFilter { After = check.Records - 1 })).ShouldHaveSingleItem();
            int.Parse(newest.Entry.Function[1..]).ShouldBeGreaterThanOrEqualTo(last, $"seed {_seed}, round {round}");
            await await store.AppendAsync(newest.Entry);
            (await store.VerifyAsync()).IsIntact.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Plugins_KilledWhileInstallingAndUpgrading_HaveTheOldOrTheNewState()
    {
        var random = new Random(_seed);
        var id = new PluginId("com.example.crash");
        for (var round = 0; round < Rounds; round++)
        {
            var last = await Crashing.RunAsync("lifecycle", _directory.Path, random.Next(1, 12), random);
            await using var audit = SqliteAuditStore.Open(Path.Combine(_directory.Path, "audit.db"), TimeProvider.System);
            (await audit.VerifyAsync()).IsIntact.ShouldBeTrue($"seed {_seed}, round {round}");
            using var engine = new Engine();
            var registry = new PluginRegistry(TenantId.Default, Path.Combine(_directory.Path, "plugins.lock.json"), new PluginRegistryOptions
            {
                Store = new PackageStore(Path.Combine(_directory.Path, "packages")),
                Audit = audit,
                Manifests = await ManifestReader.CreateAsync(),
                Load = bytes => Components.Component.Load(engine, bytes),
            });
            await registry.RecoverAsync();
            var record = registry.Plugins.ShouldHaveSingleItem($"seed {_seed}, round {round}");
            record.Seen.Count.ShouldBeInRange(last + 1, last + 2, $"seed {_seed}, round {round}: the last step on disk was {last}");
            registry.Runnable(id).Manifest.Version.ToString().ShouldBe(record.Active!.Version);
            foreach (var package in record.Packages) registry.Runnable(id).Hash.ShouldBe(record.Active.Component, package);
            Directory.EnumerateDirectories(Path.Combine(_directory.Path, "packages"), ".tmp-*").ShouldBeEmpty("an unfinished package was left");
            var steps = (await audit.QueryAsync(new AuditFilter { Limit = 100_000 })).Select(r => r.Entry).Where(e => e.Function is "plugin.install" or "plugin.upgrade").ToArray();
            var untaken = steps.Where(s => !s.Allowed).Select(s => s.CallId).ToHashSet();
            foreach (var step in steps.Where(s => s.Allowed && !untaken.Contains(s.CallId)))
                record.Seen.Keys.ShouldContain(step.Arguments.Split(' ')[0], $"seed {_seed}, round {round}: the audit tells of a step that was not taken");
        }
    }

    [Fact]
    public async Task State_KilledWhileItIsWritten_HasWholeValues_AndCountsThemRightly()
    {
        var random = new Random(_seed);
        var owner = new StateOwner(TenantId.Default, new PluginId("p"));
        for (var round = 0; round < Rounds; round++)
        {
            await Crashing.RunAsync("state", _directory.Path, random.Next(11, 60), random);
            await using var state = SqliteStateStore.Open(Path.Combine(_directory.Path, "state.db"));
            var bytes = 0;
            foreach (var key in await state.ListAsync(owner, ("", null), 100, CancellationToken.None))
            {
                var value = (await state.GetAsync(owner, key, CancellationToken.None)).ShouldNotBeNull();
                value.Distinct().Count().ShouldBe(1, $"seed {_seed}: {key} is mixed of two writes");
                bytes += key.Length + value.Length;
            }
            (await state.TrySetAsync(owner, ("k0", new byte[1]), new StateQuota(bytes, 10), CancellationToken.None)).ShouldBeTrue($"seed {_seed}: more is counted than is there");
        }
    }
}
