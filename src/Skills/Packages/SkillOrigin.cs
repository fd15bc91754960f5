namespace ClawGrains.Skills.Packages;

/// <summary>Where an installed skill came from.</summary>
/// <param name="Kind">The kind of source: <c>path</c>; others come with their own kinds.</param>
/// <param name="Location">The source in its kind's own notation: for <c>path</c> the absolute directory.</param>
/// <param name="Revision">The version or commit, where the kind has one.</param>
public sealed record SkillOrigin(string Kind, string Location, string? Revision = null)
{
    /// <summary>A directory of this machine.</summary>
    public static SkillOrigin FromPath(string path) => new("path", System.IO.Path.GetFullPath(path));
}
