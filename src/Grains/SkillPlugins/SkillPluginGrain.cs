using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace ClawGrains.Grains.SkillPlugins;

/// <summary>Registers the components of skills as plugins, under the same rules. One pass at a time.</summary>
[ImplicitStreamSubscription(StreamNames.CatalogChanged)]
internal sealed partial class SkillPluginGrain(SkillPluginReader reader, CatalogRoots roots, PluginHost host, ILogger<SkillPluginGrain> logger)
    : Grain, ISkillPluginGrain, IStreamSubscriptionObserver
{
    private TenantId Tenant => GrainKeys.TenantOf(this.GetPrimaryKeyString());

    private IPluginRegistryGrain Registry => GrainFactory.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(Tenant));

    private ICatalogGrain Catalog => GrainFactory.GetGrain<ICatalogGrain>(GrainKeys.Of(Tenant));

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<CatalogChanged>().ResumeAsync((_, _) => SyncAsync());

    public async Task<ImmutableArray<SkillPlugin>> SyncAsync()
    {
        var snapshot = await Catalog.GetSnapshotAsync();
        var file = new SkillPluginFile(roots.SkillPlugins(Tenant));
        var pass = new SkillPluginPass(await Task.Run(file.Read), [.. snapshot.Skills.Where(s => s.PluginManifest is not null && s.Layer != LayerNames.Plugin)]);
        if (!pass.Carrying.IsEmpty) await reader.ReadyAsync();
        foreach (var skill in pass.Carrying) pass.Add(await SyncAsync(skill, pass));
        foreach (var gone in pass.Gone) await RemoveAsync(gone);
        if (!pass.Now.SequenceEqual(pass.Before)) await Task.Run(() => file.Write(pass.Now));
        return pass.Now;
    }

    public async Task<ImmutableArray<SkillPluginStatus>> ListAsync(string? skill)
    {
        // Plugins may have been turned on since, with no skill changed.
        if (host.WhyOff is null) await SyncAsync();
        var snapshot = await Catalog.GetSnapshotAsync();
        var skills = snapshot.Skills.Where(s => (skill is null || s.Name == skill) && (s.PluginManifest is not null || !s.Plugins.IsEmpty)).ToArray();
        if (skills.Length == 0) return [];
        var known = await Task.Run(new SkillPluginFile(roots.SkillPlugins(Tenant)).Read);
        var statuses = new SkillPluginStatuses(await Registry.ListAsync(), known, host.WhyOff?.Message);
        return [.. skills.SelectMany(statuses.Of)];
    }

    // What was given to the registry once is not given again: whoever disabled or removed it since meant that.
    private async Task<SkillPlugin?> SyncAsync(SkillEntry skill, SkillPluginPass pass)
    {
        var known = pass.BeforeOf(skill.Name);
        if (host.WhyOff is not null) return known;
        if (known is { Problem: null } && known.Revision == skill.Revision) return known;
        if (await Catalog.GetSkillAsync(skill.Name) is not { } version || version.Entry.PluginManifest is null) return known;
        var root = roots.Managed(Tenant);
        var carried = await Task.Run(() => reader.Read(version, root));
        if (carried.IsOutdated) return known;
        if (carried.Package is null) return Report(skill.Name, known, carried.Problem!);
        var plugin = new SkillPlugin { Skill = skill.Name, Plugin = carried.Id!, Package = carried.Package.Hash, Revision = version.Entry.Revision };
        if (known is { Problem: null } && known.Package == plugin.Package) return plugin;
        if (pass.IsTaken(plugin, await Registry.GetAsync(plugin.Plugin)) is { } taken) return Report(skill.Name, known, taken);
        var reply = await Registry.InstallAsync(new PluginInstall
        {
            Files = carried.Package.Files.ToImmutableDictionary(f => f.Key, f => ImmutableArray.Create(f.Value)),
            Approve = carried.IsApproved,
        });
        return reply.Failure is { } failure ? Report(skill.Name, known, failure.Message) : Registered(plugin, known, reply.Plugin!);
    }

    private SkillPlugin Registered(SkillPlugin plugin, SkillPlugin? known, PluginInfo info)
    {
        if (info.Candidate is { } waiting && waiting.Version != info.Active?.Version) LogWaiting(Tenant.Value, plugin.Skill, plugin.Plugin, string.Join("; ", info.AsksFor));
        else if (known?.Problem is not null) LogMended(Tenant.Value, plugin.Skill, plugin.Plugin);
        return plugin;
    }

    private async Task RemoveAsync(SkillPlugin gone)
    {
        var reply = await Registry.ApplyAsync(gone.Plugin, PluginStep.Remove);
        if (reply.Failure is { } failure) LogProblem(Tenant.Value, gone.Skill, failure.Message);
    }

    // The version before it serves on, so that is what stays written down.
    private SkillPlugin Report(string skill, SkillPlugin? known, string problem)
    {
        if (problem != known?.Problem) LogProblem(Tenant.Value, skill, problem);
        return (known ?? new SkillPlugin { Skill = skill, Plugin = "" }) with { Problem = problem };
    }

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: the plugin of skill {skill} is not taken: {problem}")]
    private partial void LogProblem(string tenant, string skill, string problem);

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: the plugin of skill {skill} is taken again: {plugin}")]
    private partial void LogMended(string tenant, string skill, string plugin);

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: the plugin of skill {skill} waits for approval (`claw approvals approve {plugin}`): {asks}")]
    private partial void LogWaiting(string tenant, string skill, string plugin, string asks);
}
