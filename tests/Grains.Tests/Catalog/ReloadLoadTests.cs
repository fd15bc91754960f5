using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Tests.Catalog;

/// <summary>Measures the memory of the process, so no other test may run beside it.</summary>
[CollectionDefinition(nameof(ReloadLoadTests), DisableParallelization = true)]
[Collection(nameof(ReloadLoadTests))]
public sealed class ReloadLoadTests
{
    private const int Reloads = 1_000;
    private const int Callers = 8;

    [Fact]
    public async Task Reload_AThousandTimesUnderCallers_EveryCallIsAnsweredByOneVersionAndNoneGoesBack()
    {
        await using var cluster = await CatalogCluster.StartAsync(options: o => o with { KeepVersions = false });
        Edit(cluster, 0);
        cluster.Write("still", "Always the same.");
        await cluster.Catalog.GetSnapshotAsync();
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(cluster, stop.Token))).ToArray();
        var path = cluster.PathOf("edited");
        long early = 0;
        for (var i = 1; i <= Reloads; i++)
        {
            Edit(cluster, i);
            // As the watcher does it, and now and then as the rescan does.
            var report = i % 100 == 0 ? await cluster.Catalog.ReloadAsync() : await cluster.Catalog.ReloadPathsAsync([path]);
            report.Number.ShouldBe(i + 1);
            if (i == Reloads / 4) early = GC.GetTotalMemory(forceFullCollection: true);
        }
        await stop.CancelAsync();
        foreach (var caller in callers) (await caller.WaitAsync(CatalogCluster.Patience)).ShouldBeGreaterThan(0);
        (await cluster.Catalog.GetDrainingAsync()).ShouldBeEmpty();
        (await cluster.Skill("edited").RenderAsync("", Reloads + 1))!.Text.ShouldContain($"front {Reloads} ");
        (GC.GetTotalMemory(forceFullCollection: true) - early).ShouldBeLessThan(16 << 20);
        (await cluster.Skill("still").GetVersionAsync())!.Entry.Since.ShouldBe(1);
    }

    // One session: what it saw last it names, as front ends do.
    private static async Task<int> CallAsync(CatalogCluster cluster, CancellationToken stop)
    {
        var (skill, catalog) = (cluster.Skill("edited"), cluster.Catalog);
        long seen = 0;
        var calls = 0;
        for (; !stop.IsCancellationRequested || calls == 0; calls++)
        {
            var listed = (await catalog.GetSnapshotAsync()).Skills.Single(s => s.Name == "edited").Since;
            listed.ShouldBeGreaterThanOrEqualTo(seen);
            seen = listed;
            var answer = await skill.RenderAsync("x", seen);
            seen = Check(answer, seen);
        }
        return calls;
    }

    // The snapshot that brought version N is N + 1, and the text holds N at both ends.
    private static long Check(RenderedSkill? answer, long seen)
    {
        answer.ShouldNotBeNull();
        answer.SnapshotNumber.ShouldBeGreaterThanOrEqualTo(seen);
        var words = answer.Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        (words[1], words[^1]).ShouldBe(($"{answer.SnapshotNumber - 1}", $"{answer.SnapshotNumber - 1}"));
        return answer.SnapshotNumber;
    }

    private static void Edit(CatalogCluster cluster, int version)
    {
        var draft = cluster.Home.Write("draft", $"---\nname: edited\ndescription: Version {version}.\n---\nfront {version} $ARGUMENTS {new string('.', 2_000)} back {version}\n");
        Directory.CreateDirectory(Path.GetDirectoryName(cluster.PathOf("edited"))!);
        File.Move(draft, cluster.PathOf("edited"), overwrite: true);
    }
}
