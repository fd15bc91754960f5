using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Tests.Catalog;

public sealed class CatalogDifferenceTests
{
    private static SkillEntry Entry(string name, string sha = "a", bool eligible = true) => new()
    {
        Name = name, Description = "", Layer = LayerNames.Workspace, FilePath = $"/skills/{name}/SKILL.md", Sha256 = sha,
        Eligible = eligible, ModelVisible = eligible, UserInvocable = true,
    };

    private static CatalogSnapshot Snapshot(long number, params SkillEntry[] skills) =>
        new() { Number = number, Skills = [.. skills], BuiltAt = DateTimeOffset.UnixEpoch };

    [Fact]
    public void Between_NoneAndFirst_AllAreAdded() =>
        CatalogDifference.Between(null, Snapshot(1, Entry("a"), Entry("b"))).Added.ShouldBe(["a", "b"]);

    [Fact]
    public void Between_AddedChangedRemoved_AreToldApart()
    {
        var report = CatalogDifference.Between(
            Snapshot(1, Entry("gone"), Entry("same"), Entry("text"), Entry("state")),
            Snapshot(2, Entry("new"), Entry("same"), Entry("text", "b"), Entry("state", eligible: false)));
        report.Added.ShouldBe(["new"]);
        report.Removed.ShouldBe(["gone"]);
        report.Changed.ShouldBe(["state", "text"]);
        (report.Number, report.Total).ShouldBe((2, 4));
    }
}
