using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Lifecycle;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Lifecycle;

/// <summary>A process that ends between the audit record of a step and its lock file.</summary>
public sealed class TornStepTests : IAsyncLifetime
{
    private readonly Host _host = new();
    private Installs _installs = null!;

    public async Task InitializeAsync() => _installs = await Installs.OnAsync(_host);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Step_EndedBetweenAuditAndLockFile_IsToldAsNotTaken()
    {
        await _installs.Open().InstallAsync(Installs.Package("1.0.0"));
        await Should.ThrowAsync<OperationCanceledException>(async () => await (await EndingAsync()).InstallAsync(Installs.Package("1.1.0")));

        var registry = _installs.Open();
        await registry.RecoverAsync();
        registry.Active(Installs.Id).Version.ShouldBe("1.0.0");
        (await _host.Entries("plugin.install")).ShouldHaveSingleItem().Allowed.ShouldBeTrue();
        var rows = await _host.Entries("plugin.upgrade");
        rows.Select(r => r.Allowed).ShouldBe([true, false]);
        rows[1].CallId.ShouldBe(rows[0].CallId);
        rows[1].Reason.ShouldContain("not taken");
        await registry.RecoverAsync();
        (await _host.Entries("plugin.upgrade")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Purge_EndedBetweenAuditAndLockFile_IsToldByTheNextStep()
    {
        var registry = _installs.Open();
        await registry.InstallAsync(Installs.Package("1.0.0"));
        await registry.RemoveAsync(Installs.Id);
        await Should.ThrowAsync<OperationCanceledException>(async () => await (await EndingAsync()).PurgeAsync(Installs.Id));

        await _installs.Open().InstallAsync(Installs.Package("1.0.0"));
        (await _host.Entries("plugin.purge")).Select(r => r.Allowed).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Step_TakenAndNotYetForgotten_IsLeftAsItIs()
    {
        var registry = _installs.Open();
        var record = (await registry.InstallAsync(Installs.Package("1.0.0"))).Record;
        var step = registry.Plugins.Single().Step;
        await File.WriteAllTextAsync(_installs.LockPath + ".step", $$"""{"Id":"{{step}}","Step":"plugin.install","Plugin":"{{record.Id}}"}""");
        await registry.RecoverAsync();
        (await _host.Entries("plugin.install")).ShouldHaveSingleItem().CallId.ShouldBe(step);
        File.Exists(_installs.LockPath + ".step").ShouldBeFalse();
    }

    [Fact]
    public async Task Journal_CutOffInItsWriting_IsForgotten()
    {
        await File.WriteAllTextAsync(_installs.LockPath + ".step", "{\"Id\":");
        await _installs.Open().InstallAsync(Installs.Package("1.0.0"));
        (await _host.Entries("plugin.install")).ShouldHaveSingleItem().Allowed.ShouldBeTrue();
    }

    private async Task<PluginRegistry> EndingAsync() => new(TenantId.Default, _installs.LockPath, new PluginRegistryOptions
    {
        Store = _installs.Store, Audit = new EndingAudit(_host.Audit), Manifests = await ManifestReader.CreateAsync(), Load = _host.Runtime.Load,
    });

    /// <summary>Writes an entry, and then the process is no more.</summary>
    private sealed class EndingAudit(IAuditStore store) : IAuditStore
    {
        public ValueTask EnqueueAsync(AuditEntry entry, CancellationToken cancellationToken = default) => store.EnqueueAsync(entry, cancellationToken);

        public async ValueTask<Task> AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default)
        {
            await await store.AppendAsync(entry, cancellationToken);
            throw new OperationCanceledException("the process ended");
        }

        public Task<IReadOnlyList<AuditRecord>> QueryAsync(AuditFilter filter, CancellationToken cancellationToken = default) => store.QueryAsync(filter, cancellationToken);

        public Task<AuditVerification> VerifyAsync(string? expectedHead = null, CancellationToken cancellationToken = default) => store.VerifyAsync(expectedHead, cancellationToken);

        public Task<long> RetainAsync(AuditRetention retention, CancellationToken cancellationToken = default) => store.RetainAsync(retention, cancellationToken);

        public ValueTask DisposeAsync() => default;
    }
}
