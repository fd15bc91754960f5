using ClawGrains.Skills.Parsing;

namespace ClawGrains.Skills.Discovery;

/// <summary>
/// Finds the skills of all layers. A directory with a <c>SKILL.md</c> is a skill and is not searched further; links that
/// leave their root are refused; hidden directories and <c>node_modules</c> are passed over. Never executes anything.
/// </summary>
public static class SkillDiscovery
{
    /// <summary>Searches the roots and reads what they hold. Roots that do not exist hold nothing.</summary>
    /// <param name="roots">In order of preference within a layer; the order of layers is <see cref="SkillLayer"/>'s.</param>
    /// <param name="options">Limits; null means the defaults.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static SkillSet Discover(
        IReadOnlyList<SkillLayerRoot> roots, SkillDiscoveryOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(roots);
        var limits = options ?? SkillDiscoveryOptions.Default;
        var refused = new List<RefusedPath>();
        var found = new List<SkillFile>();
        foreach (var root in roots)
            found.AddRange(new RootScanner(root, limits, refused).Scan(cancellationToken));
        return Precedence.Resolve(ReadAll(found, limits, cancellationToken), refused);
    }

    private static DiscoveredSkill[] ReadAll(List<SkillFile> files, SkillDiscoveryOptions limits, CancellationToken cancellationToken)
    {
        var skills = new DiscoveredSkill[files.Count];
        void ReadOne(int i) => skills[i] = new DiscoveredSkill(SkillReader.Read(files[i].Path, limits.MaxFileBytes), files[i].Root.Layer, files[i].Root.Path);
        // Starting workers costs more than reading a few files.
        if (files.Count < 16 || limits.Parallelism < 2)
            for (var i = 0; i < skills.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadOne(i);
            }
        else
            Parallel.For(0, skills.Length, new ParallelOptions { MaxDegreeOfParallelism = limits.Parallelism, CancellationToken = cancellationToken }, ReadOne);
        return skills;
    }
}

/// <summary>A <c>SKILL.md</c> and the root it lies below.</summary>
internal readonly record struct SkillFile(string Path, SkillLayerRoot Root);
