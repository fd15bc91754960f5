using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;
using Microsoft.Extensions.DependencyInjection;

namespace ClawGrains.Grains.Tests.SkillPlugins;

/// <summary>A skill that carries a plugin and names it as well, so that it can be used as soon as that runs.</summary>
public sealed class SelfNamedPluginTests
{
    [Fact]
    public async Task Sync_WithTheClockStopped_EndsWithTheSkillUsable()
    {
        var settings = new PluginSettings { Enabled = true };
        await using var cluster = await CatalogCluster.StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(new StoppedTime());
            services.AddSingleton(p => new PluginHostOptions
            {
                DataDirectory = p.GetRequiredService<Grains.Catalog.CatalogOptions>().DataDirectory, Workspace = p.GetRequiredService<Grains.Catalog.CatalogOptions>().Workspace, Settings = () => settings,
            });
        });
        cluster.Home.Write("work/skills/words/SKILL.md", "---\nname: words\ndescription: Counts.\nmetadata:\n  plugin: words\n---\nCount.\n");
        cluster.Home.Write("work/skills/words/clawgrains.plugin.json", """{"id":"words","name":"words","version":"1.0.0","permissions":{}}""");
        File.Copy(Path.Combine(TestData.Repository, "samples/plugins/assemblyscript/plugin.wasm"), Path.Combine(cluster.Home.Path, "work/skills/words/plugin.wasm"));
        (await cluster.Catalog.GetSnapshotAsync()).Skills.Single().Eligible.ShouldBeFalse();
        // Whoever waited for anything but the grains themselves would wait for ever.
        await cluster.Grains.GetGrain<ISkillPluginGrain>(GrainKeys.Of(TenantId.Default)).SyncAsync().WaitAsync(CatalogCluster.Patience);
        (await cluster.Catalog.GetSnapshotAsync()).Skills.Single().Eligible.ShouldBeTrue();
    }

    /// <summary>Tells the time and wakes nobody.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
