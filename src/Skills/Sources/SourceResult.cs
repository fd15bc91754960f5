using ClawGrains.Skills.Model;
using ClawGrains.Skills.Packages;

namespace ClawGrains.Skills.Sources;

/// <summary>A skill that was fetched, or why it could not be.</summary>
/// <param name="Skill">The skill; the caller's to dispose.</param>
/// <param name="Error">Why there is none; safe to show.</param>
public sealed record SourceResult(FetchedSkill? Skill, SkillDiagnostic? Error);

/// <summary>A skill's directory on this machine; what was fetched for it goes when it is disposed.</summary>
public sealed class FetchedSkill : IDisposable
{
    private readonly string? _temporary;

    internal FetchedSkill(string directory, SkillOrigin origin, string sha256, string? temporary) =>
        (Directory, Origin, Sha256, _temporary) = (directory, origin, sha256, temporary);

    /// <summary>The directory that holds its <c>SKILL.md</c>.</summary>
    public string Directory { get; }
    /// <summary>Where it came from. The location is an install argument that fetches its newest version.</summary>
    public SkillOrigin Origin { get; }
    /// <summary>The hash of the directory (<see cref="Rendering.DirectoryHash"/>).</summary>
    public string Sha256 { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_temporary is not null && System.IO.Directory.Exists(_temporary)) SkillInstaller.Discard(_temporary);
    }
}

/// <summary>How far an installation is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">Bytes, or files while unpacking.</param>
/// <param name="Total">Of how many, where that is known.</param>
public sealed record InstallProgress(InstallStage Stage, long Done = 0, long? Total = null);

/// <summary>The stages of an installation, in order; a source may skip some.</summary>
public enum InstallStage
{
    /// <summary>The source is asked what there is.</summary>
    Resolving,
    /// <summary>It is downloaded.</summary>
    Downloading,
    /// <summary>It is unpacked.</summary>
    Unpacking,
    /// <summary>It is put into place.</summary>
    Installing,
}
