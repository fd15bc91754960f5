using ClawGrains.Client.Mcp.SkillFeatures;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Tests.Mcp.SkillFeatures;

public sealed class SkillOffersTests
{
    [Fact]
    public void Skill_ForModels_IsToolPromptAndResource()
    {
        var features = new SkillOffers(SnapshotOf(Skill("pdf"))).Features;
        var tool = features.Tools.ShouldHaveSingleItem();
        tool.Name.ShouldBe("pdf");
        tool.Annotations!.ReadOnlyHint.ShouldBe(true);
        tool.InputSchema.GetProperty("properties").GetProperty("arguments").GetProperty("type").GetString().ShouldBe("string");
        features.Prompts.ShouldHaveSingleItem().Arguments!.ShouldHaveSingleItem().Name.ShouldBe("arguments");
        features.Resources.ShouldHaveSingleItem().Uri.ShouldBe("skill://pdf/SKILL.md");
        features.SkillUris.ShouldBe(["skill://pdf/SKILL.md"]);
        features.ResourceVersions["skill://pdf/SKILL.md"].ShouldBe("hash");
    }

    [Fact]
    public void Skill_HiddenFromModels_IsNoTool_ButAPrompt()
    {
        var features = new SkillOffers(SnapshotOf(Skill("pdf") with { ModelVisible = false, ModelInvocable = false })).Features;
        features.Tools.ShouldBeEmpty();
        features.SkillUris.ShouldBeEmpty();
        features.Prompts.ShouldHaveSingleItem();
        features.Resources.ShouldHaveSingleItem();
    }

    [Fact]
    public void Skill_NotForPersons_IsNoPrompt() =>
        new SkillOffers(SnapshotOf(Skill("pdf") with { UserInvocable = false })).Features.Prompts.ShouldBeEmpty();

    [Fact]
    public void Skill_ThatLacksSomething_IsOffered_AndSaysWhat()
    {
        var lacking = Skill("pdf") with { Eligible = false, ModelVisible = false, Missing = new() { Bins = ["pdftotext"] } };
        var features = new SkillOffers(SnapshotOf(lacking)).Features;
        features.Tools.ShouldHaveSingleItem().Description.ShouldBe(
            "Skill instructions (not usable on this host, which lacks program pdftotext): d");
        features.Prompts.ShouldHaveSingleItem().Description.ShouldBe("(not usable on this host, which lacks program pdftotext): d");
        features.Resources.ShouldHaveSingleItem().Description.ShouldBe("d");
    }

    [Fact]
    public void Skill_SwitchedOff_IsNotOffered()
    {
        var features = new SkillOffers(SnapshotOf(Skill("pdf") with { Eligible = false, ModelVisible = false })).Features;
        features.Tools.Count.ShouldBe(0);
        features.Prompts.Count.ShouldBe(0);
        features.Resources.Count.ShouldBe(0);
    }

    [Fact]
    public void Skill_WithANameOfTheLenientDialect_IsATool_ButNotPublished()
    {
        var offers = new SkillOffers(SnapshotOf(Skill("My Skill: ä")));
        var tool = offers.Features.Tools.ShouldHaveSingleItem();
        tool.Name.ShouldMatch("^My-Skill-[0-9a-f]{6}$");
        tool.Title.ShouldBe("My Skill: ä");
        offers.FindByFeature(tool.Name)!.Name.ShouldBe("My Skill: ä");
        offers.Features.SkillUris.ShouldBeEmpty();
    }

    internal static CatalogSnapshot SnapshotOf(params SkillEntry[] skills) =>
        new() { Number = 1, Skills = [.. skills], BuiltAt = DateTimeOffset.UnixEpoch };

    internal static SkillEntry Skill(string name) => new()
    {
        Name = name, Description = "d", Layer = "workspace", FilePath = $"/skills/{name}/SKILL.md", Sha256 = "hash",
        Eligible = true, ModelVisible = true, UserInvocable = true,
    };
}
