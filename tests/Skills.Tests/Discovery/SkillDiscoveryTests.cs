using ClawGrains.Skills.Discovery;
using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Tests.Discovery;

public sealed class SkillDiscoveryTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Discover_SameNameInEveryLayer_TheWorkspaceWins()
    {
        foreach (var layer in new[] { "bundled", "plugin", "home/.clawgrains/skills", "ws/skills" }) _tree.Skill(layer + "/x", "same", layer);
        var set = SkillDiscovery.Discover(SkillLayerRoot.Standard(_tree["ws"], _tree["home"], _tree["bundled"], [_tree["plugin"]]));
        set.Active.ShouldHaveSingleItem().Layer.ShouldBe(SkillLayer.Workspace);
        set.Shadowed.Select(s => s.Skill.Layer).ShouldBe([SkillLayer.Bundled, SkillLayer.Managed, SkillLayer.Plugin], ignoreOrder: true);
        set.Warnings.ShouldAllBe(w => w.Code == SkillCodes.Shadowed);
        set.Find("same")!.Document.Description.ShouldBe("ws/skills");
    }

    [Fact]
    public void Discover_TwoOfOneLayer_TheLastPathWinsAndBothAreNamed()
    {
        _tree.Skill("a", "same");
        _tree.Skill("b", "same");
        var set = Discover();
        set.Find("same")!.Document.BaseDirectory.ShouldBe(_tree["b"]);
        var warning = set.Warnings.ShouldHaveSingleItem();
        warning.Code.ShouldBe(SkillCodes.DuplicateName);
        warning.Message.ShouldContain(_tree["a", "SKILL.md"]);
        warning.Message.ShouldContain(_tree["b", "SKILL.md"]);
    }

    [Fact]
    public void Discover_Tree_StopsAtSkillsAndPassesOverHidden()
    {
        _tree.Skill("a");
        _tree.Skill("a/inner");
        _tree.Skill("group/b");
        _tree.Skill(".hidden/c");
        _tree.Skill("node_modules/d");
        Names(Discover()).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Discover_SixLevels_AreSearchedAndNoMore()
    {
        _tree.Skill("1/2/3/4/5/six");
        _tree.Skill("1/2/3/4/5/6/seven");
        _tree.Skill("skills/1/2/3/4/5/sixth");
        Names(Discover()).ShouldBe(["six", "sixth"]);
    }

    [Fact]
    public void Discover_RootWithSkillFile_IsOneSkill()
    {
        _tree.Skill(".", "root");
        _tree.Skill("a");
        Names(Discover()).ShouldBe(["root"]);
    }

    [Fact]
    public void Discover_LinksThatLeave_AreRefused()
    {
        using var outside = new TempTree();
        outside.Skill("away");
        _tree.Skill("here");
        Directory.CreateSymbolicLink(_tree["link"], outside["away"]);
        Directory.CreateDirectory(_tree["file"]);
        File.CreateSymbolicLink(_tree["file", "SKILL.md"], outside["away", "SKILL.md"]);
        var set = Discover();
        Names(set).ShouldBe(["here"]);
        set.Refused.Select(r => (r.Path, r.Code)).ShouldBe([(_tree["file", "SKILL.md"], SkillCodes.LinkEscape), (_tree["link"], SkillCodes.LinkEscape)], ignoreOrder: true);
    }

    [Fact]
    public void Discover_LinksThatStayOrCircle_AreFollowedOnce()
    {
        _tree.Skill("group/a");
        Directory.CreateSymbolicLink(_tree["loop"], _tree.Root);
        Directory.CreateSymbolicLink(_tree["group", "again"], _tree["group"]);
        Directory.CreateSymbolicLink(_tree["dangling"], _tree["nowhere"]);
        Names(Discover()).ShouldBe(["a"]);
    }

    [Fact]
    public void Discover_RootThatIsALink_IsSearched()
    {
        using var elsewhere = new TempTree();
        elsewhere.Skill("a");
        Directory.CreateSymbolicLink(_tree["root"], elsewhere.Root);
        SkillDiscovery.Discover([new SkillLayerRoot(SkillLayer.Managed, _tree["root"])]).Active.Count.ShouldBe(1);
    }

    [Fact]
    public void Discover_BrokenSkill_IsListedAndTheOthersLoad()
    {
        _tree.Skill("good");
        _tree.Write("bad/SKILL.md", "---\nname: bad\n  x: [\n---\n");
        using (var file = File.Create(_tree.Write("big/SKILL.md", ""))) file.SetLength(2 << 20);
        var set = Discover();
        Names(set).ShouldBe(["good"]);
        set.Invalid.Select(s => s.Document.Errors[0].Code).ShouldBe([SkillCodes.NestedMapping, SkillCodes.TooLarge]);
    }

    [Fact]
    public void Discover_UnreadableDirectory_IsRefusedAndTheOthersLoad()
    {
        _tree.Skill("good");
        _tree.Skill("closed/inner");
        File.SetUnixFileMode(_tree["closed"], UnixFileMode.None);
        var set = Discover();
        File.SetUnixFileMode(_tree["closed"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Names(set).ShouldContain("good");
        // Root reads what is closed to everybody else.
        if (Environment.UserName != "root") set.Refused.ShouldHaveSingleItem().Code.ShouldBe(SkillCodes.Unreadable);
    }

    [Fact]
    public void Discover_SkillFileThatIsADirectory_IsRefused()
    {
        Directory.CreateDirectory(_tree["a", "SKILL.md"]);
        Discover().Refused.Single().Reason.ShouldBe("SKILL.md is a directory");
    }

    [Fact]
    public void Discover_NoRoot_IsEmpty() =>
        SkillDiscovery.Discover([new SkillLayerRoot(SkillLayer.Workspace, _tree["none"])]).Active.ShouldBeEmpty();

    [Fact]
    public void Discover_TwoThousand_AllLoadInOrder()
    {
        for (var i = 0; i < 2_000; i++) _tree.Skill($"s{i:d4}");
        Names(Discover()).ShouldBe(Enumerable.Range(0, 2_000).Select(i => $"s{i:d4}"));
    }

    [Fact]
    public void Discover_Cancelled_Stops() => Should.Throw<OperationCanceledException>(() =>
    {
        _tree.Skill("a");
        SkillDiscovery.Discover([new SkillLayerRoot(SkillLayer.Workspace, _tree.Root)], null, new CancellationToken(true));
    });

    private SkillSet Discover() => SkillDiscovery.Discover([new SkillLayerRoot(SkillLayer.Workspace, _tree.Root)]);

    private static IEnumerable<string> Names(SkillSet set) => set.Active.Select(s => s.Document.Name);
}
