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
        var (found, refused) = new SkillIndex(options).Refresh(roots, null, cancellationToken);
        return SkillSet.Of(found, refused);
    }
}

/// <summary>A <c>SKILL.md</c> and the root it lies below.</summary>
internal readonly record struct SkillFile(string Path, SkillLayerRoot Root);
