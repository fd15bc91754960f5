using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Strict;

/// <summary>
/// The rules of the Agent Skills specification (agentskills.io/specification) as the reference validator <c>skills-ref</c>
/// applies them, with its messages.
/// </summary>
public static class StrictRules
{
    /// <summary>The document with the specification's errors in place of the lenient ones; an unreadable file keeps its own.</summary>
    public static SkillDocument Apply(SkillDocument skill)
    {
        ArgumentNullException.ThrowIfNull(skill);
        return skill.Source.IsEmpty && !skill.IsValid && skill.Errors[0].Code != SkillCodes.DescriptionRequired
            ? skill
            : skill with { Errors = Check(skill) };
    }

    /// <summary>The specification's errors of a file that was read; none where it keeps every rule.</summary>
    public static IReadOnlyList<SkillDiagnostic> Check(SkillDocument skill)
    {
        ArgumentNullException.ThrowIfNull(skill);
        var fields = StrictFields.Read(skill.Source.Span, out var error);
        if (fields is null) return [error!];
        var directory = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(skill.FilePath))) ?? "";
        return new StrictCheck(fields, directory).Run();
    }
}
