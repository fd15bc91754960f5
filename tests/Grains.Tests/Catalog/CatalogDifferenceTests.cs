using ClawGrains.Grains.Catalog;
using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Tests.Catalog;

public sealed class CatalogDifferenceTests
{
    private static ArchivedSkill Row(string name, string revision = "a", bool eligible = true, bool active = true, string? stale = null) => new()
    {
        Name = name, Path = $"/skills/{name}/SKILL.md", Root = "/skills", Layer = SkillLayer.Workspace, Revision = revision, Since = 1,
        Active = active, Eligible = eligible, Stale = stale,
    };

    [Fact]
    public void Between_NoneAndFirst_AllAreAdded() =>
        CatalogDifference.Between([], [Row("a"), Row("b")], 1).Added.ShouldBe(["a", "b"]);

    [Fact]
    public void Between_AddedChangedRemoved_AreToldApart()
    {
        var report = CatalogDifference.Between(
            [Row("gone"), Row("same"), Row("text"), Row("state"), Row("broken")],
            [Row("new"), Row("same"), Row("text", "b"), Row("state", eligible: false), Row("broken", stale: "why")], 2);
        report.Added.ShouldBe(["new"]);
        report.Removed.ShouldBe(["gone"]);
        report.Changed.ShouldBe(["broken", "state", "text"]);
        report.Stale.ShouldBe(["broken"]);
        (report.Number, report.Total).ShouldBe((2, 5));
    }

    [Fact]
    public void Between_ShadowedSkill_CountsAsNotThere() =>
        CatalogDifference.Between([Row("a")], [Row("a", active: false)], 2).Removed.ShouldBe(["a"]);
}
