using ClawGrains.Grains.Catalog;
using ClawGrains.Skills.Discovery;
using Microsoft.Extensions.DependencyInjection;

namespace ClawGrains.Grains.Tests.Catalog;

public sealed class BrokenSkillTests : IAsyncLifetime
{
    private CatalogCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await CatalogCluster.StartAsync(s => s.AddSingleton<ISkillCheck>(new DeniesPermissions()));
        _cluster.Write("a", "Old.");
        _cluster.Write("b", "Old.");
        await _cluster.Catalog.GetSnapshotAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    public static TheoryData<string> Breakages => ["yaml", "front-matter", "half-written", "empty", "too-large", "link-out", "directory", "permission", "component", "no-wasm", "folder-gone", "file-gone"];

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task Reload_BrokenCandidate_LastVersionServesTheOthersMoveOnAndMendingIsEnough(string breakage)
    {
        var before = (await _cluster.Catalog.GetSkillAsync("a"))!;
        Break(breakage);
        _cluster.Write("b", "New.");
        var report = await _cluster.Catalog.ReloadAsync();
        report.Changed.ShouldBe(["a", "b"]);
        report.Stale.ShouldBe(["a"]);
        (await _cluster.BodyOfAsync("b")).ShouldBe("New.");

        var stale = (await _cluster.Catalog.GetSkillAsync("a"))!;
        (stale.Body, stale.Entry.Revision, stale.Entry.Since).ShouldBe((before.Body, before.Entry.Revision, before.Entry.Since));
        stale.Entry.Stale!.ShouldStartWith(Path.GetDirectoryName(_cluster.PathOf("a"))!);
        (await _cluster.Skill("a").RenderAsync("", report.Number))!.Text.ShouldContain("Old.");
        var invalid = (await _cluster.Catalog.GetSnapshotAsync()).Invalid.ShouldHaveSingleItem();
        (invalid.Serving, invalid.ServingSince).ShouldBe(("a", before.Entry.Since));
        await _cluster.Catalog.ReloadAsync();
        _cluster.Log.Warnings.Count(w => w.Contains("goes on as of snapshot 1", StringComparison.Ordinal)).ShouldBe(1);

        Mend();
        (await _cluster.Catalog.ReloadAsync()).Stale.ShouldBeEmpty();
        (await _cluster.BodyOfAsync("a")).ShouldBe("Mended.");
        (await _cluster.Catalog.GetSkillAsync("a"))!.Entry.Stale.ShouldBeNull();
        _cluster.Log.Warnings[^1].ShouldContain("mended");
    }

    [Fact]
    public async Task Reload_BadYaml_SaysFileLineAndColumn()
    {
        File.WriteAllText(_cluster.PathOf("a"), "---\nname: [\n---\nText.\n");
        await _cluster.Catalog.ReloadPathsAsync([_cluster.PathOf("a")]);
        var invalid = (await _cluster.Catalog.GetSnapshotAsync()).Invalid.ShouldHaveSingleItem();
        (invalid.Line > 0 && invalid.Column > 0).ShouldBeTrue();
        (await _cluster.Catalog.GetSkillAsync("a"))!.Entry.Stale.ShouldBe($"{_cluster.PathOf("a")}:{invalid.Line}:{invalid.Column}: {invalid.Reason}");
    }

    [Fact]
    public async Task Reload_BrokenInAStrongerLayer_DoesNotFallThroughToTheWeaker()
    {
        _cluster.Home.WriteSkill("data/skills/a", "a", "The managed one.", "Managed.");
        await _cluster.Catalog.ReloadAsync();
        Break("yaml");
        await _cluster.Catalog.ReloadAsync();
        (await _cluster.BodyOfAsync("a")).ShouldBe("Old.");
    }

    [Fact]
    public async Task Reload_NewSkillThatIsBroken_IsInvalidAndNothingServes()
    {
        _cluster.Home.Write("work/skills/c/SKILL.md", "nothing");
        await _cluster.Catalog.ReloadAsync();
        (await _cluster.Catalog.GetSnapshotAsync()).Invalid.ShouldHaveSingleItem().Serving.ShouldBeNull();
        _cluster.Log.Warnings.ShouldHaveSingleItem().ShouldContain("no earlier version");
    }

    [Fact]
    public async Task Reload_BrokenWithOtherFilesChanged_OldFilesAreServedFromACopy()
    {
        _cluster.Home.Write("work/skills/a/run.sh", "old");
        await _cluster.Catalog.ReloadAsync();
        Break("yaml");
        _cluster.Home.Write("work/skills/a/run.sh", "new");
        await _cluster.Catalog.ReloadAsync();
        var version = (await _cluster.Catalog.GetSkillAsync("a"))!;
        File.ReadAllText(Path.Combine(version.Directory, "run.sh")).ShouldBe("old");
        (await _cluster.Skill("a").ReadFileAsync("run.sh", 3))!.Value.ShouldBe("old"u8.ToArray());
        version.Directory.ShouldNotStartWith(Path.Combine(_cluster.Home.Path, "work"));
    }

    private void Break(string how)
    {
        var file = _cluster.PathOf("a");
        switch (how)
        {
            case "yaml": File.WriteAllText(file, "---\nname: [\n---\nNew.\n"); break;
            case "front-matter": File.WriteAllText(file, "New."); break;
            case "half-written": File.WriteAllText(file, "---\nname: a\ndescri"); break;
            case "empty": File.WriteAllText(file, ""); break;
            case "too-large": File.AppendAllText(file, new string('x', 2 << 20)); break;
            case "folder-gone": Directory.Delete(Path.GetDirectoryName(file)!, recursive: true); break;
            case "file-gone": File.Delete(file); break;
            case "permission": _cluster.Write("a", "DENIED"); break;
            case "component":
                _cluster.Write("a", "New.");
                File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(file)!, "plugin.wasm"), [0, (byte)'a', (byte)'s', (byte)'m', 0x0d, 0, 1, 0, 99]);
                break;
            case "no-wasm": _cluster.Home.Write("work/skills/a/plugin.wasm", "<html>404</html>"); break;
            case "directory":
                File.Delete(file);
                Directory.CreateDirectory(file);
                break;
            case "link-out":
                File.Delete(file);
                File.CreateSymbolicLink(file, _cluster.Home.Write("elsewhere/SKILL.md", "---\nname: a\ndescription: d\n---\nStolen.\n"));
                break;
            default: throw new ArgumentOutOfRangeException(nameof(how), how, null);
        }
    }

    private void Mend()
    {
        var file = _cluster.PathOf("a");
        if (Path.GetDirectoryName(file)! is var folder && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        _cluster.Write("a", "Mended.");
    }

    private sealed class DeniesPermissions : ISkillCheck
    {
        public SkillFault? Check(DiscoveredSkill skill) => skill.Document.Body.Contains("DENIED", StringComparison.Ordinal)
            ? new SkillFault(skill.Document.FilePath, "asks for what was denied")
            : null;
    }
}
