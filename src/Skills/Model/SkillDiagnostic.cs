namespace ClawGrains.Skills.Model;

/// <summary>One finding about a skill file: an error makes the skill invalid, a warning does not.</summary>
/// <param name="Code">A stable, upper-case code such as <c>DESCRIPTION_REQUIRED</c>; see <see cref="SkillCodes"/>.</param>
/// <param name="Message">One sentence for a person; safe to show.</param>
/// <param name="Line">One-based line in the file.</param>
/// <param name="Column">One-based column, in UTF-16 units.</param>
public sealed record SkillDiagnostic(string Code, string Message, int Line = 1, int Column = 1)
{
    /// <summary>The finding as <c>line:column: message [CODE]</c>.</summary>
    public override string ToString() => $"{Line}:{Column}: {Message} [{Code}]";
}
