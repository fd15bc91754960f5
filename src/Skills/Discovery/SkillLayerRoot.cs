namespace ClawGrains.Skills.Discovery;

/// <summary>A directory that holds skills of one layer. It need not exist.</summary>
/// <param name="Layer">The layer its skills belong to.</param>
/// <param name="Path">The directory.</param>
public sealed record SkillLayerRoot(SkillLayer Layer, string Path)
{
    /// <summary>
    /// The usual roots: <c>WORKSPACE/skills</c> and <c>WORKSPACE/.clawgrains/skills</c>, <c>HOME/.clawgrains/skills</c>,
    /// the plugins' directories and the bundled one.
    /// </summary>
    public static IReadOnlyList<SkillLayerRoot> Standard(string workspace, string home, string? bundled = null, IEnumerable<string>? plugins = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        ArgumentException.ThrowIfNullOrEmpty(home);
        List<SkillLayerRoot> roots =
        [
            new(SkillLayer.Workspace, System.IO.Path.Combine(workspace, "skills")),
            new(SkillLayer.Workspace, System.IO.Path.Combine(workspace, ".clawgrains", "skills")),
            new(SkillLayer.Managed, System.IO.Path.Combine(home, ".clawgrains", "skills")),
        ];
        roots.AddRange((plugins ?? []).Select(p => new SkillLayerRoot(SkillLayer.Plugin, p)));
        if (bundled is not null) roots.Add(new SkillLayerRoot(SkillLayer.Bundled, bundled));
        return roots;
    }
}
