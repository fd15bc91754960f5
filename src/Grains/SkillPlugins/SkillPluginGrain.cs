using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace ClawGrains.Grains.SkillPlugins;

/// <summary>Registers the components of skills as plugins, under the same rules. One pass at a time.</summary>
[ImplicitStreamSubscription(StreamNames.CatalogChanged)]
internal sealed partial class SkillPluginGrain(SkillPluginReader reader, CatalogRoots roots, ILogger<SkillPluginGrain> logger) : Grain, ISkillPluginGrain, IStreamSubscriptionObserver
{
    private TenantId Tenant => GrainKeys.TenantOf(this.GetPrimaryKeyString());

    private IPluginRegistryGrain Registry => GrainFactory.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(Tenant));

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<CatalogChanged>().ResumeAsync((_, _) => SyncAsync());

    public async Task<ImmutableArray<SkillPlugin>> SyncAsync()
    {
        var snapshot = await GrainFactory.GetGrain<ICatalogGrain>(GrainKeys.Of(Tenant)).GetSnapshotAsync();
        var (tenant, root) = (Tenant, roots.Managed(Tenant));
        var found = await Task.Run(() => reader.ReadAsync(snapshot, root));
        var file = new SkillPluginFile(roots.SkillPlugins(tenant));
        var known = await Task.Run(file.Read);
        var now = new List<SkillPlugin>();
        foreach (var carried in found) now.Add(await RegisterAsync(carried, known.FirstOrDefault(k => k.Skill == carried.Skill)));
        foreach (var gone in known.Where(k => k.Plugin.Length > 0 && now.All(n => n.Plugin != k.Plugin))) await RemoveAsync(gone);
        ImmutableArray<SkillPlugin> result = [.. now];
        if (!result.SequenceEqual(known)) await Task.Run(() => file.Write(result));
        return result;
    }

    // What was given to the registry once is not given again: whoever disabled or removed it since meant that.
    private async Task<SkillPlugin> RegisterAsync(CarriedPlugin carried, SkillPlugin? known)
    {
        if (carried.Problem is not null || carried.Package is null)
            return Report(new SkillPlugin { Skill = carried.Skill, Plugin = known?.Plugin ?? "", Package = known?.Package ?? "", Problem = carried.Problem }, known);
        var plugin = new SkillPlugin { Skill = carried.Skill, Plugin = carried.Id!, Package = carried.Package.Hash };
        if (known is { Problem: null } && known.Package == plugin.Package) return known;
        var reply = await Registry.InstallAsync(new PluginInstall
        {
            Files = carried.Package.Files.ToImmutableDictionary(f => f.Key, f => ImmutableArray.Create(f.Value)),
            Approve = carried.IsApproved,
        });
        return reply.Failure is { } failure
            ? Report(plugin with { Package = known?.Package ?? "", Problem = failure.Message }, known)
            : plugin;
    }

    private async Task RemoveAsync(SkillPlugin gone)
    {
        var reply = await Registry.ApplyAsync(gone.Plugin, PluginStep.Remove);
        if (reply.Failure is { } failure) LogProblem(Tenant.Value, gone.Skill, failure.Message);
    }

    private SkillPlugin Report(SkillPlugin plugin, SkillPlugin? known)
    {
        if (plugin.Problem != known?.Problem) LogProblem(Tenant.Value, plugin.Skill, plugin.Problem ?? "");
        return plugin;
    }

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: the plugin of skill {skill} is not registered: {problem}")]
    private partial void LogProblem(string tenant, string skill, string problem);
}
