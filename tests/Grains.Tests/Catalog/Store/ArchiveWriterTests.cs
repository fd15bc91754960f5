using System.Text.Json;
using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Tests.Catalog.Store;

/// <summary>The writer against the serializer's own words: a snapshot keeps its name whichever wrote it.</summary>
public sealed class ArchiveWriterTests
{
    private static readonly ArchivedSkill _plain = new()
    {
        Name = "plain", Path = "/w/skills/plain/SKILL.md", Root = "/w/skills", Layer = SkillLayer.Managed, Revision = "a1", Since = 7, Active = true,
    };

    private static readonly ArchivedSkill _full = _plain with
    {
        Name = "größe \"<&>'\u2028\0", Path = @"C:\skills\größe", Active = false, Eligible = true, Command = "go", Stale = "3:1: `bad`", Held = true, Since = long.MaxValue,
    };

    [Fact]
    public void Skills_Written_AreAsTheSerializerWritesThem()
    {
        ArchivedSkill[] skills = [_plain, _full];
        ArchiveWriter.Write(skills).ShouldBe(JsonSerializer.SerializeToUtf8Bytes(skills, ArchiveJson.Default.ArchivedSkillArray));
        ArchiveWriter.Write([]).ShouldBe("[]"u8.ToArray());
    }

    [Fact]
    public void Skills_WrittenAndRead_AreTheSame() =>
        JsonSerializer.Deserialize(ArchiveWriter.Write([_plain, _full]), ArchiveJson.Default.ArchivedSkillArray).ShouldBe([_plain, _full]);

    [Fact]
    public void Snapshot_Written_IsAsTheSerializerWritesIt()
    {
        var snapshot = new ArchivedSnapshot { Parts = ["a", "b"], Rest = ["/x/SKILL.md:1:2: größe", ""] };
        ArchiveWriter.Write(snapshot).ShouldBe(JsonSerializer.SerializeToUtf8Bytes(snapshot, ArchiveJson.Default.ArchivedSnapshot));
    }
}
