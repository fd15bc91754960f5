using ClawGrains.Skills.Model;
using ClawGrains.Skills.Parsing;

namespace ClawGrains.Skills.Tests;

/// <summary>Short ways to a document.</summary>
internal static class Docs
{
    public const string Path = "/skills/the-skill/SKILL.md";

    public static SkillDocument Parse(string text) => SkillParser.Parse(text, Path);

    public static SkillDocument Fields(string yaml, string body = "body") => Parse($"---\n{yaml}\n---\n{body}");

    public static SkillDocument Described(string yaml) => Fields("description: d\n" + yaml);
}
