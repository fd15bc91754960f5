using ClawGrains.Skills.Eligibility;
using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Strict;

namespace ClawGrains.Skills.Validation;

/// <summary>Validates files and whole trees, for <c>claw skill validate</c>.</summary>
public static class SkillValidator
{
    /// <summary>
    /// A row per <c>SKILL.md</c>: of every path given in order, a directory's in ordinal order, at any depth and in hidden
    /// directories too (not in <c>.git</c>; links to directories are not followed). A path that holds none gets a row that says so.
    /// </summary>
    public static IReadOnlyList<SkillValidationRow> Validate(
        IEnumerable<string> paths, SkillValidationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var settings = options ?? new SkillValidationOptions();
        var targets = paths.SelectMany(ValidationTargets.Find).ToList();
        var rows = new SkillValidationRow[targets.Count];
        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            i => rows[i] = Row(targets[i], settings));
        return rows;
    }

    private static SkillValidationRow Row(ValidationTarget target, SkillValidationOptions options)
    {
        var skill = target.Error is { } error
            ? SkillParser.Unread(target.Path, error)
            : SkillReader.Read(target.Path, options.MaxFileBytes);
        if (options.Strict) skill = StrictRules.Apply(skill);
        return new SkillValidationRow
        {
            Path = target.Path,
            Loaded = skill.IsValid,
            Name = skill.Name,
            Description = skill.Description,
            Eligibility = SkillEligibility.Evaluate(skill, options.Environment),
            Warnings = skill.Warnings,
            Errors = skill.Errors,
        };
    }
}
