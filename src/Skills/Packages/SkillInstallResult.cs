using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Packages;

/// <summary>How an installation or removal ended. Nothing has changed on disk unless <see cref="Succeeded"/>.</summary>
public sealed record SkillInstallResult
{
    /// <summary>Whether it was done.</summary>
    public bool Succeeded => Errors.Count == 0;
    /// <summary>The skill's name, where it could be read.</summary>
    public string? Name { get; init; }
    /// <summary>The installed directory.</summary>
    public string? Directory { get; init; }
    /// <summary>The hash of the whole directory (<see cref="Rendering.DirectoryHash"/>).</summary>
    public string? Sha256 { get; init; }
    /// <summary>The hash that the replaced installation had, or null where there was none.</summary>
    public string? PreviousSha256 { get; init; }
    /// <summary>The skill as installed.</summary>
    public SkillDocument? Skill { get; init; }
    /// <summary>Why it was not done.</summary>
    public IReadOnlyList<SkillDiagnostic> Errors { get; init; } = [];

    internal static SkillInstallResult Failed(string code, string message, string? name = null) =>
        new() { Name = name, Errors = [new SkillDiagnostic(code, message)] };
}
