using System.Collections.Immutable;
using System.Text.Json;
using ClawGrains.Contracts;
using ClawGrains.Grains.Approvals;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Lifecycle;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Grains.Plugins;

/// <summary>Takes the steps of a tenant's plugins one at a time; what is decided is decided in <see cref="PluginRegistry"/>.</summary>
internal sealed partial class PluginRegistryGrain(
    PluginHost host, PluginPrograms programs, PluginResolver resolver, TimeProvider time, ILogger<PluginRegistryGrain> logger) : Grain, IPluginRegistryGrain
{
    private PluginRegistry? _registry;
    private Task<PluginRegistry>? _opening;
    private PluginListing? _listing;
    private long _number;
    private bool _enabled;
    private string? _damage;

    private TenantId Tenant => GrainKeys.TenantOf(this.GetPrimaryKeyString());

    public async Task<PluginListing> ListAsync()
    {
        var registry = await ReadableAsync();
        if (_listing is { } known && known.Number == _number) return known;
        var (number, enabled) = (_number, host.Settings.Enabled);
        if (_damage is { } damage) return _listing = new PluginListing { Number = number, Enabled = enabled, Problems = [damage] };
        var infos = new List<PluginInfo>();
        foreach (var record in Ordered(registry)) infos.Add(await PluginInfos.OfAsync(record, enabled ? package => programs.ToolsAsync(Tenant, package) : null));
        return _listing = new PluginListing { Number = number, Enabled = enabled, Plugins = [.. infos] };
    }

    public async Task<PluginListing?> ListIfNewerAsync(long known)
    {
        await ReadableAsync();
        return _number > known ? await ListAsync() : null;
    }

    public async Task<PluginInfo?> GetAsync(string id) =>
        await CurrentAsync() is { } registry && registry.Plugins.FirstOrDefault(p => p.Id == id) is { } record ? await InfoAsync(record) : null;

    public async Task<PluginResolution> ResolveAsync(string id)
    {
        try
        {
            var registry = await CurrentAsync() ?? throw new PluginException(PluginErrorKind.NotFound, $"no plugin {id} is installed. See `claw plugin list`.");
            return new PluginResolution { Package = registry.Active(new PluginId(id)).Package };
        }
        catch (PluginException e)
        {
            return new PluginResolution { Failure = PluginFailure.Of(e.Error) };
        }
    }

    public Task<ImmutableArray<string>> GetSkillDirectoriesAsync() => ReadAsync(SkillDirectories);

    public Task<ImmutableArray<string>> GetRunningAsync() => ReadAsync(registry => [.. Running(registry).Select(r => r.Id)]);

    private async Task<ImmutableArray<string>> ReadAsync(Func<PluginRegistry?, ImmutableArray<string>> read)
    {
        if (!host.Settings.Enabled) return [];
        try
        {
            return read(await CurrentAsync());
        }
        catch (Exception e) when (e is PluginException or IOException or JsonException or UnauthorizedAccessException)
        {
            LogNoSkills(e, Tenant.Value);
            return [];
        }
    }

    private static IEnumerable<PluginRecord> Running(PluginRegistry? registry) => Ordered(registry).Where(r => r.State == PluginState.Enabled && r.Active is not null);

    private ImmutableArray<string> SkillDirectories(PluginRegistry? registry) =>
        [.. Running(registry).SelectMany(r => r.Active!.Skills.Select(s => Path.Combine(host.PackageDirectory(Tenant, r.Active.Package), s)))];

    // What the catalog of skills depends on.
    private IEnumerable<string> Supplies(PluginRegistry? registry) => Running(registry).Select(r => r.Id).Concat(SkillDirectories(registry));

    public Task<PluginReply> InstallAsync(PluginInstall install, CancellationToken cancellationToken) => StepAsync("install", async () =>
    {
        if (host.WhyOff is { } off) throw new PluginException(off);
        var package = await Task.Run(() => PackageSource.Read(install, host.Settings.Packages), cancellationToken);
        var registry = await OpenAsync();
        registry.Refresh();
        if (install.Unattended && registry.Plugins.FirstOrDefault(p => p.State is PluginState.Removed or PluginState.Revoked && p.Seen.Values.Contains(package.Hash)) is { } gone)
            return (gone, []);
        var installed = await registry.InstallAsync(package, install.Force, install.Id is { } id ? Id(id) : null, install.Upgrade);
        programs.Retry(Tenant, package.Hash);
        var record = install.Approve && installed.Record.Candidate is not null ? await registry.ApproveAsync(new PluginId(installed.Record.Id)) : installed.Record;
        if (record.Candidate is not null && !install.Decided) await AskAsync(record);
        var remarks = installed.Findings.Select(f => $"{f.Severity.ToString().ToLowerInvariant()}: {f.File}{(f.Line > 0 ? $":{f.Line}" : "")}: {f.Rule}: {f.Message}")
            .Concat(installed.Warnings.Select(w => w.ToString()));
        return (record, remarks.ToImmutableArray());
    });

    public Task<PluginReply> ApplyAsync(string id, PluginStep step) => StepAsync(step.ToString(), async () =>
    {
        if (step is PluginStep.Approve or PluginStep.Enable or PluginStep.Rollback && host.WhyOff is { } off) throw new PluginException(off);
        var record = await TakeAsync(await OpenAsync(), Id(id), step);
        if (step == PluginStep.Purge)
        {
            await programs.ForgetAsync(Tenant);
            await host.ForgetStateAsync(Tenant, Id(id));
        }
        return (record, ImmutableArray<string>.Empty);
    });

    private static PluginId Id(string id) => PluginId.IsValid(id) ? new PluginId(id) : throw new PluginException(PluginErrorKind.NotFound, $"'{id}' is not a plugin's id. See `claw plugin list`.");

    private static async Task<PluginRecord?> TakeAsync(PluginRegistry registry, PluginId id, PluginStep step)
    {
        switch (step)
        {
            case PluginStep.Approve: return await registry.ApproveAsync(id);
            case PluginStep.Reject: return await registry.RejectAsync(id);
            case PluginStep.Enable: return await registry.EnableAsync(id);
            case PluginStep.Disable: return await registry.DisableAsync(id);
            case PluginStep.Rollback: return await registry.RollbackAsync(id);
            case PluginStep.Pin: return await registry.PinAsync(id);
            case PluginStep.Unpin: return await registry.PinAsync(id, pinned: false);
            case PluginStep.Revoke: return await registry.RevokeAsync(id);
            case PluginStep.Remove: return await registry.RemoveAsync(id);
            case PluginStep.Purge:
                await registry.PurgeAsync(id);
                return null;
            default: throw new ArgumentOutOfRangeException(nameof(step), step, "BUG: a step that is not taken.");
        }
    }

    private async Task<PluginReply> StepAsync(string step, Func<Task<(PluginRecord? Record, ImmutableArray<string> Remarks)>> take)
    {
        try
        {
            string[] before = [.. Supplies(await CurrentAsync())];
            var (record, remarks) = await take();
            await ChangedAsync(!before.SequenceEqual(Supplies(_registry)));
            return new PluginReply { Plugin = record is null ? null : await InfoAsync(record), Remarks = remarks };
        }
        catch (PluginException e)
        {
            LogRefused(step, Tenant.Value, e.Error.ToString());
            return new PluginReply { Failure = PluginFailure.Of(e.Error) };
        }
    }

    // Whoever can be asked is asked as soon as it begins to wait.
    private async Task AskAsync(PluginRecord record) => await this.GetStreamProvider(StreamNames.Provider)
        .GetStream<ApprovalChanged>(StreamId.Create(StreamNames.ApprovalChanged, GrainKeys.Of(Tenant)))
        .OnNextAsync(new ApprovalChanged { Approval = PluginApprovals.Of(await PluginInfos.OfAsync(record, null)) });

    private Task<PluginInfo> InfoAsync(PluginRecord record) =>
        PluginInfos.OfAsync(record, host.Settings.Enabled ? package => programs.ToolsAsync(Tenant, package) : null);

    // Skills first: whoever hears of them lists the plugins with them, and is told once.
    private async Task ChangedAsync(bool changesSkills)
    {
        Advance();
        if (changesSkills) await GrainFactory.GetGrain<ICatalogGrain>(GrainKeys.Of(Tenant)).ReloadPluginsAsync();
        await this.GetStreamProvider(StreamNames.Provider).GetStream<PluginsChanged>(StreamId.Create(StreamNames.PluginsChanged, GrainKeys.Of(Tenant)))
            .OnNextAsync(new PluginsChanged { Number = _number });
    }

    // Numbers grow over restarts too, since they are never below the milliseconds of the clock.
    private void Advance()
    {
        _number = Math.Max(_number + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        resolver.Forget();
    }

    /// <summary>The registry, as the lock file has it now; null where nothing was ever installed.</summary>
    private async Task<PluginRegistry?> CurrentAsync()
    {
        var opened = _registry is null && File.Exists(host.LockFile(Tenant)) && await OpenAsync() is not null;
        if (opened || _registry?.Refresh() == true || _number == 0 || _enabled != host.Settings.Enabled)
        {
            _enabled = host.Settings.Enabled;
            Advance();
        }
        return _registry;
    }

    // Whoever lists is told what is wrong beside everything else there is, which goes on: skills above all.
    private async Task<PluginRegistry?> ReadableAsync()
    {
        try
        {
            var registry = await CurrentAsync();
            if (_damage is not null) Advance();
            _damage = null;
            return registry;
        }
        catch (Exception e) when (e is PluginException or IOException or UnauthorizedAccessException)
        {
            if (_damage == e.Message) return null;
            _damage = e.Message;
            Advance();
            LogDamaged(e, Tenant.Value);
            return null;
        }
    }

    private async Task<PluginRegistry> OpenAsync()
    {
        if (_registry is not null) return _registry;
        _opening ??= host.OpenRegistryAsync(Tenant);
        try
        {
            return _registry = await _opening;
        }
        finally
        {
            _opening = null;
        }
    }

    private static IEnumerable<PluginRecord> Ordered(PluginRegistry? registry) => registry?.Plugins.OrderBy(p => p.Order).ThenBy(p => p.Id, StringComparer.Ordinal) ?? Enumerable.Empty<PluginRecord>();

    [LoggerMessage(LogLevel.Error, "The plugins of tenant {tenant} and their skills are left out: its plugins can't be read")]
    private partial void LogNoSkills(Exception reason, string tenant);

    [LoggerMessage(LogLevel.Error, "No plugin of tenant {tenant} runs: its plugins can't be read")]
    private partial void LogDamaged(Exception reason, string tenant);

    [LoggerMessage(LogLevel.Information, "The step {step} of a plugin of tenant {tenant} was not taken: {reason}")]
    private partial void LogRefused(string step, string tenant, string reason);
}
