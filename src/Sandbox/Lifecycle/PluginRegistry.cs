using System.Collections.Immutable;
using System.Security.Cryptography;
using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Sandbox.Scanning;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Sandbox.Lifecycle;

/// <summary>What an install gave.</summary>
/// <param name="Record">The plugin as it stands now.</param>
/// <param name="Findings">What the scan found.</param>
/// <param name="Warnings">Remarks on the manifest.</param>
public sealed record InstallResult(PluginRecord Record, ImmutableArray<ScanFinding> Findings, ImmutableArray<ManifestDiagnostic> Warnings);

/// <summary>
/// The plugins of one tenant: every step is checked, written to the lock file, and audited. One caller at a time;
/// other processes may work on the same lock file, since each step reads it anew while it holds it.
/// </summary>
public sealed class PluginRegistry
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TenantId _tenant;
    private readonly PluginRegistryOptions _options;
    private readonly LockFile _lock;
    private readonly StepJournal _journal;
    private ImmutableSortedDictionary<string, PluginRecord> _records;
    private (DateTime, long) _stamp;

    /// <summary>Opens a tenant's plugins; the lock file lies beside the packages.</summary>
    public PluginRegistry(TenantId tenant, string lockFile, PluginRegistryOptions options)
    {
        (_tenant, _options, _lock, _journal) = (tenant, options, new LockFile(lockFile), new StepJournal(lockFile));
        _stamp = _lock.Stamp;
        _records = _lock.Read();
    }

    /// <summary>Reads the lock file again where another process replaced it; false where none did.</summary>
    public bool Refresh()
    {
        if (_lock.Stamp is var stamp && stamp == _stamp) return false;
        (_stamp, _records) = (stamp, _lock.Read());
        return true;
    }

    /// <summary>All that are known, removed ones until they are purged.</summary>
    public IEnumerable<PluginRecord> Plugins => _records.Values;

    /// <summary>Installs or upgrades. A critical finding refuses unless <paramref name="force"/> is set.</summary>
    /// <param name="package">The package.</param>
    /// <param name="force">Whether critical findings are overruled.</param>
    /// <param name="id">The id that the package must have; null for any.</param>
    /// <param name="upgrade">Whether the plugin must be installed already.</param>
    /// <exception cref="PluginException">Why not; nothing has changed then but the audit.</exception>
    public Task<InstallResult> InstallAsync(PluginPackage package, bool force = false, PluginId? id = null, bool upgrade = false)
    {
        var step = new Submission(package.Hash) { Step = upgrade ? "plugin.upgrade" : "plugin.install", Plugin = id?.Value ?? "" };
        return AuditedAsync(step, () => Install(package, force, id, step));
    }

    private (PluginRecord Record, InstallResult Result) Install(PluginPackage package, bool force, PluginId? id, Submission step)
    {
        var upgrade = step.Step == "plugin.upgrade";
        var (manifest, warnings) = Manifest(package);
        (step.Plugin, step.Version) = (id?.Value ?? manifest.Id.Value, manifest.Version.ToString());
        if (_records.GetValueOrDefault(manifest.Id.Value) is { Active: not null, State: not PluginState.Removed }) step.Step = "plugin.upgrade";
        if (upgrade && id is { } old) PluginTransitions.Installed(Find(old));
        if (id is { } wanted && wanted != manifest.Id) throw new PluginException(PluginErrorKind.InvalidArguments, $"the package is {manifest.Id}, not {wanted}");
        if (upgrade && _records.GetValueOrDefault(manifest.Id.Value) is null or { State: PluginState.Removed })
            throw new PluginException(PluginErrorKind.NotFound, $"no plugin {manifest.Id} is installed that could be upgraded");
        if (_options.Admit(manifest) is { } refused) throw new PluginException(refused);
        var component = package.Files.GetValueOrDefault(manifest.Component) ?? throw new PluginException(PluginErrorKind.InvalidManifest, $"the package has no {manifest.Component}");
        if (_options.Limits.Check(component) is { } large) throw new PluginException(large);
        if (manifest.Capabilities.Contains("voice")) throw new PluginException(PluginErrorKind.NotImplemented, "the capability voice is reserved");
        var policy = _options.Scanning();
        var findings = Scan(package, manifest, policy);
        if (policy.Refusal(findings, force) is { } worst)
            throw new PluginException(PluginErrorKind.PermissionDenied, $"{worst.File}:{worst.Line}: {worst.Rule}: {worst.Message}");
        var version = new LockedVersion(manifest.Version.ToString(), package.Hash, Convert.ToHexStringLower(SHA256.HashData(component)), manifest.Permissions)
        {
            Name = manifest.Name, Description = manifest.Description, Skills = manifest.Skills, Forced = force,
        };
        var record = PluginTransitions.Install(_records.GetValueOrDefault(manifest.Id.Value), manifest.Id.Value, version);
        if (record.Order == 0) record = record with { Order = _records.Values.Select(r => r.Order).DefaultIfEmpty().Max() + 1 };
        _options.Store.Add(package);
        return (record, new InstallResult(record, findings, warnings));
    }

    /// <summary>Approves what the waiting version asks for, and activates it.</summary>
    public Task<PluginRecord> ApproveAsync(PluginId id) => StepAsync("plugin.approve", id, PluginTransitions.Approve);

    /// <summary>Turns the waiting version down; an active one keeps serving.</summary>
    public Task<PluginRecord> RejectAsync(PluginId id) => StepAsync("plugin.reject", id, PluginTransitions.Reject);

    /// <summary>Lets a disabled plugin run.</summary>
    public Task<PluginRecord> EnableAsync(PluginId id) => StepAsync("plugin.enable", id, PluginTransitions.Enable);

    /// <summary>Keeps a plugin from running.</summary>
    public Task<PluginRecord> DisableAsync(PluginId id) => StepAsync("plugin.disable", id, PluginTransitions.Disable);

    /// <summary>Goes back to the version before.</summary>
    public Task<PluginRecord> RollbackAsync(PluginId id) => StepAsync("plugin.rollback", id, PluginTransitions.Rollback);

    /// <summary>Refuses upgrades, or lets them again.</summary>
    public Task<PluginRecord> PinAsync(PluginId id, bool pinned = true) => StepAsync(pinned ? "plugin.pin" : "plugin.unpin", id, r => PluginTransitions.Pin(r, pinned));

    /// <summary>Withdraws a plugin for good.</summary>
    public Task<PluginRecord> RevokeAsync(PluginId id) => StepAsync("plugin.revoke", id, PluginTransitions.Revoke);

    /// <summary>Uninstalls; packages are kept until <see cref="PurgeAsync"/>.</summary>
    public Task<PluginRecord> RemoveAsync(PluginId id) => StepAsync("plugin.remove", id, PluginTransitions.Remove);

    /// <summary>Forgets a removed plugin and every package that no other one needs.</summary>
    public async Task PurgeAsync(PluginId id)
    {
        using var held = await HoldAsync().ConfigureAwait(false);
        var record = Find(id);
        if (record.State != PluginState.Removed) throw new PluginException(PluginErrorKind.PermissionDenied, $"plugin {id} is {record.State.ToString().ToLowerInvariant()}: remove it first");
        await TakeAsync("plugin.purge", record, "", _ => _records.Remove(id.Value)).ConfigureAwait(false);
        var needed = _records.Values.SelectMany(r => r.Packages).ToHashSet();
        foreach (var package in _options.Store.Hashes.Where(p => !needed.Contains(p))) _options.Store.Remove(package);
    }

    /// <summary>The version that runs, with what was approved of what it asks for.</summary>
    /// <exception cref="PluginException">There is none, or it waits for approval, is disabled or revoked.</exception>
    public RunnablePlugin Runnable(PluginId id) => Load(Active(id).Package);

    /// <summary>The version that runs.</summary>
    /// <exception cref="PluginException">As for <see cref="Runnable"/>.</exception>
    public LockedVersion Active(PluginId id)
    {
        var record = PluginTransitions.Installed(Find(id));
        return record switch
        {
            { State: PluginState.Enabled, Active: { } active } => active,
            { State: PluginState.Pending } => throw new PluginException(PluginErrorKind.PermissionDenied, $"plugin {id} waits for approval of {string.Join(", ", record.Growth.Describe())}"),
            _ => throw new PluginException(PluginErrorKind.PermissionDenied, $"plugin {id} is {record.State.ToString().ToLowerInvariant()}"),
        };
    }

    /// <summary>The finding that keeps the tools of a package from being offered; null where none does, or a person overruled it.</summary>
    public ScanFinding? Refusal(string packageHash, IEnumerable<ToolDefinition> tools)
    {
        Refresh();
        var policy = _options.Scanning();
        var forced = _records.Values.Any(r => r.Active is { Forced: true } active && active.Package == packageHash);
        return policy.Refusal(tools.SelectMany(t => InstallScan.ScanTool(t, policy)), forced);
    }

    /// <summary>Reads a package that is kept. Whether it may run is not asked: see <see cref="Active"/>.</summary>
    /// <exception cref="PluginException">It is not kept, or was changed.</exception>
    public RunnablePlugin Load(string packageHash)
    {
        var package = _options.Store.Get(packageHash);
        var (manifest, _) = Manifest(package);
        return RunnablePlugin.Of(manifest, package.Files[manifest.Component], manifest.Permissions);
    }

    private async Task<IDisposable> HoldAsync()
    {
        try
        {
            return await SettledAsync(await _lock.HoldAsync(Patience, _options.Time).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new PluginException(PluginErrorKind.Internal, $"another process is changing the plugins of tenant {_tenant}: try again", e);
        }
    }

    private PluginRecord Find(PluginId id) => _records.GetValueOrDefault(id.Value) ?? throw new PluginException(PluginErrorKind.NotFound, $"no plugin {id} is installed. See `claw plugin list`.");

    private Task<PluginRecord> StepAsync(string name, PluginId id, Func<PluginRecord, PluginRecord> next)
    {
        var step = new Submission("") { Step = name, Plugin = id.Value };
        return AuditedAsync(step, () =>
        {
            var known = Find(id);
            var record = next(known);
            // Of what waited the approval and its refusal tell; every other step is about what runs after it.
            step.Version = (name == "plugin.reject" ? known.Candidate : record.Active ?? record.Candidate)?.Version ?? "";
            return (record, record);
        });
    }

    /// <summary>Says in the audit what became of a step that a process began and did not live to end.</summary>
    public async Task RecoverAsync()
    {
        using var held = await HoldAsync().ConfigureAwait(false);
    }

    private async Task<IDisposable> SettledAsync(IDisposable held)
    {
        try
        {
            Refresh();
            await SettleAsync().ConfigureAwait(false);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private async Task SettleAsync()
    {
        if (_journal.Read() is not { } begun) return;
        var taken = _records.TryGetValue(begun.Plugin, out var record) ? record.Step == begun.Id : begun.Step == "plugin.purge";
        if (!taken) await RecordAsync((begun.Step, begun.Id), begun.Plugin, "", "not taken: the process ended before it was done").ConfigureAwait(false);
        _journal.End();
    }

    // The audit is written before the lock file: a step that can't be recorded is not taken.
    private async Task TakeAsync(string step, PluginRecord record, string arguments, Func<PluginRecord, ImmutableSortedDictionary<string, PluginRecord>> next)
    {
        var begun = new BegunStep(Guid.CreateVersion7(_options.Time.GetUtcNow()).ToString("n"), step, record.Id);
        _journal.Begin(begun);
        await RecordAsync((step, begun.Id), record.Id, arguments, null).ConfigureAwait(false);
        Save(next(record with { Step = begun.Id }));
        _journal.End();
    }

    private async Task<T> AuditedAsync<T>(Submission step, Func<(PluginRecord Record, T Result)> work)
    {
        using var held = await HoldAsync().ConfigureAwait(false);
        try
        {
            var (record, result) = work();
            await TakeAsync(step.Step, record, step.Text, r => _records.SetItem(r.Id, r)).ConfigureAwait(false);
            return result;
        }
        catch (PluginException e)
        {
            await RecordAsync((step.Step, ""), step.Plugin, step.Text, e.Error.ToString()).ConfigureAwait(false);
            throw;
        }
    }

    private async Task RecordAsync((string Name, string Id) step, string id, string arguments, string? refusal)
    {
        var written = await _options.Audit.AppendAsync(new AuditEntry
        {
            Time = _options.Time.GetUtcNow(),
            Tenant = _tenant,
            Plugin = id,
            Function = step.Name,
            Arguments = AuditText.Summarize(arguments),
            Allowed = refusal is null,
            Reason = AuditText.Summarize(refusal ?? ""),
            CallId = step.Id,
        }).ConfigureAwait(false);
        await written.ConfigureAwait(false);
    }

    private void Save(ImmutableSortedDictionary<string, PluginRecord> records)
    {
        _lock.Write(records);
        (_stamp, _records) = (_lock.Stamp, records);
    }

    private (PluginManifest Manifest, ImmutableArray<ManifestDiagnostic> Warnings) Manifest(PluginPackage package)
    {
        var name = ManifestReader.FindIn([.. package.Files.Keys])
            ?? throw new PluginException(PluginErrorKind.InvalidManifest, $"the package has none of {string.Join(", ", ManifestReader.FileNames)}");
        var read = _options.Manifests.Read(name, package.Files[name]);
        return read.Manifest is { } manifest ? (manifest, read.Diagnostics) : throw new PluginException(read.Error!);
    }

    private ImmutableArray<ScanFinding> Scan(PluginPackage package, PluginManifest manifest, ScanPolicy policy)
    {
        try
        {
            return InstallScan.Scan(package, manifest, policy, _options.Load);
        }
        catch (Exception e) when (e is ComponentException or Wasm.WasmException)
        {
            throw new PluginException(PluginErrorKind.Incompatible, $"{manifest.Component}: {e.Message}", e);
        }
    }
}

/// <summary>What a registry works with.</summary>
public sealed record PluginRegistryOptions
{
    /// <summary>Where packages are kept; of this registry alone, for purging lets go of what it does not need.</summary>
    public required PackageStore Store { get; init; }

    /// <summary>Where steps are recorded.</summary>
    public required IAuditStore Audit { get; init; }

    /// <summary>Reads manifests.</summary>
    public required ManifestReader Manifests { get; init; }

    /// <summary>Decodes and validates a component.</summary>
    public required Func<ReadOnlyMemory<byte>, Component> Load { get; init; }

    /// <summary>The host's policy: why a plugin is not taken, or null. Default: all are.</summary>
    public Func<PluginManifest, PluginError?> Admit { get; init; } = static _ => null;

    /// <summary>What is looked for before an install, and what refuses it.</summary>
    public Func<ScanPolicy> Scanning { get; init; } = static () => ScanPolicy.Default;

    /// <summary>How large components may be.</summary>
    public PackageLimits Limits { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
