using ClawGrains.Skills.Discovery;

namespace ClawGrains.Skills.Tests.Discovery;

public sealed class SkillIndexTests : IDisposable
{
    private readonly TempTree _tree = new();
    private readonly SkillIndex _index = new(new SkillDiscoveryOptions { HashFiles = true });

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Refresh_OneTouched_OthersKeepTheirObjects()
    {
        _tree.Skill("a");
        var b = _tree.Skill("b");
        var before = Look(null);
        _tree.Skill("b", description: "Changed.");
        var after = Look([b]);
        after[0].ShouldBeSameAs(before[0]);
        after[1].Document.Description.ShouldBe("Changed.");
    }

    [Fact]
    public void Refresh_TouchedButTheSame_KeepsItsObject()
    {
        var a = _tree.Skill("a");
        var before = Look(null);
        _tree.Skill("a");
        Look([a])[0].ShouldBeSameAs(before[0]);
        Look(null)[0].ShouldBeSameAs(before[0]);
    }

    [Fact]
    public void Refresh_OtherFileChanged_IsAnotherRevision()
    {
        _tree.Skill("a");
        var script = _tree.Write("a/scripts/run.sh", "one");
        var before = Look(null)[0];
        _tree.Write("a/scripts/run.sh", "two");
        var after = Look([script])[0];
        after.Tree.Revision.ShouldNotBe(before.Tree.Revision);
        after.Document.ContentHash.ShouldBe(before.Document.ContentHash);
    }

    [Fact]
    public void Refresh_TracesOfEditors_AreNoRevision()
    {
        _tree.Skill("a");
        var before = Look(null)[0];
        var trace = _tree.Write("a/.SKILL.md.swp", "x");
        _tree.Write("a/SKILL.md~", "x");
        Look([trace])[0].ShouldBeSameAs(before);
    }

    [Theory]
    [InlineData("group/deep/b")]
    [InlineData("skills/b")]
    [InlineData("b")]
    public void Refresh_AddedChangedAndRemovedBelowTouchedPaths_IsAsAWholeLook(string folder)
    {
        _tree.Skill("a");
        _tree.Skill("skills/other");
        Look(null);
        var file = _tree.Skill(folder);
        Same([Path.GetDirectoryName(file)!]);
        _tree.Skill(folder, description: "Changed.");
        Same([file]);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Same([file]);
    }

    [Fact]
    public void Refresh_FolderBecomesASkill_HidesTheSkillsBelowIt()
    {
        _tree.Skill("group/a");
        Look(null);
        Same([_tree.Skill("group")]);
        File.Delete(_tree["group", "SKILL.md"]);
        Same([_tree["group", "SKILL.md"]]);
        Same([_tree.Skill("skills")]);
        Same([_tree.Skill("skills/x")]);
    }

    [Fact]
    public void Refresh_RootBecomesASkillAndBack_IsAsAWholeLook()
    {
        _tree.Skill("a");
        Look(null);
        Same([_tree.Write("SKILL.md", "---\nname: root\ndescription: d\n---\n")]);
        File.Delete(_tree["SKILL.md"]);
        Same([_tree["SKILL.md"]]);
    }

    [Fact]
    public void Refresh_ConfigMapSwap_ReadsTheNewContent()
    {
        _tree.Write("a/..1/SKILL.md", "---\nname: a\ndescription: One.\n---\n");
        _tree.Write("a/..2/SKILL.md", "---\nname: a\ndescription: Two.\n---\n");
        Directory.CreateSymbolicLink(_tree["a", "..data"], "..1");
        File.CreateSymbolicLink(_tree["a", "SKILL.md"], "..data/SKILL.md");
        Look(null).ShouldHaveSingleItem().Document.Description.ShouldBe("One.");
        Directory.CreateSymbolicLink(_tree["a", "..data_tmp"], "..2");
        Directory.Delete(_tree["a", "..data"]);
        Directory.Move(_tree["a", "..data_tmp"], _tree["a", "..data"]);
        Look([_tree["a", "..data"]]).ShouldHaveSingleItem().Document.Description.ShouldBe("Two.");
    }

    [Fact]
    public void Refresh_LinkAppears_IsAsAWholeLook()
    {
        _tree.Skill("a");
        Look(null);
        Directory.CreateSymbolicLink(_tree["z"], _tree["a"]);
        Same([_tree["z"]]);
        Directory.Delete(_tree["z"]);
        Same([_tree["z"]]);
    }

    [Fact]
    public void Refresh_RootGoesAndComesBack_IsFollowed()
    {
        _tree.Skill("a");
        var root = new SkillLayerRoot(SkillLayer.Managed, _tree["below"]);
        _tree.Skill("below/b");
        _index.Refresh([root], null).Found.Count.ShouldBe(1);
        Directory.Delete(_tree["below"], recursive: true);
        _index.Refresh([root], [_tree["below"]]).Found.ShouldBeEmpty();
        _tree.Skill("below/b");
        _index.Refresh([root], [_tree["below"]]).Found.Count.ShouldBe(1);
    }

    [Fact]
    public void Tree_TextReadBack_IsTheSame()
    {
        _tree.Skill("a");
        _tree.Write("a/odd name\n.txt", "x");
        var tree = Look(null)[0].Tree;
        SkillTree.TryParse(tree.Text)!.Revision.ShouldBe(tree.Revision);
        SkillTree.TryParse("nonsense").ShouldBeNull();
    }

    [Fact]
    public void Refresh_ForgettingFiles_SeesEveryChangeAndKeepsWhatIsTheSame()
    {
        var index = new SkillIndex(new SkillDiscoveryOptions { HashFiles = true, ForgetsFiles = true });
        _tree.Skill("a");
        _tree.Skill("b");
        var before = index.Refresh([Root], null).Found;
        before.Select(Describe).ShouldBe(Look(null).Select(Describe));
        _tree.Skill("b", description: "Changed.");
        var after = index.Refresh([Root], null).Found;
        after[0].ShouldBeSameAs(before[0]);
        after[1].Document.Description.ShouldBe("Changed.");
    }

    private IReadOnlyList<DiscoveredSkill> Look(IReadOnlyCollection<string>? touched) => _index.Refresh([Root], touched).Found;

    private SkillLayerRoot Root => new(SkillLayer.Workspace, _tree.Root);

    private void Same(IReadOnlyCollection<string> touched)
    {
        var whole = new SkillIndex(new SkillDiscoveryOptions { HashFiles = true }).Refresh([Root], null);
        var part = _index.Refresh([Root], touched);
        part.Found.Select(Describe).ShouldBe(whole.Found.Select(Describe));
        part.Refused.ShouldBe(whole.Refused);
    }

    private static string Describe(DiscoveredSkill skill) => $"{skill.Document.FilePath} {skill.Document.Name} {skill.Document.Description} {skill.Tree.Revision}";
}
