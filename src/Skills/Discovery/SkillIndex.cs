namespace ClawGrains.Skills.Discovery;

/// <summary>
/// Finds the skills of all layers, and keeps what it found: where it is told what changed, only that is looked at, and a skill
/// that did not change is the same object as before. For one thread at a time.
/// </summary>
public sealed class SkillIndex(SkillDiscoveryOptions? options = null)
{
    private readonly SkillDiscoveryOptions _options = options ?? SkillDiscoveryOptions.Default;
    private Dictionary<SkillLayerRoot, RootIndex> _roots = [];

    /// <summary>Brings the index up to date with the directories. Roots that do not exist hold nothing.</summary>
    /// <param name="roots">In order of preference within a layer; the order of layers is <see cref="SkillLayer"/>'s.</param>
    /// <param name="touched">Full paths of what changed since the last time; null looks at everything.</param>
    /// <param name="cancellationToken">Stops the search; what was not looked at is, the next time.</param>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public SkillFindings Refresh(IReadOnlyList<SkillLayerRoot> roots, IReadOnlyCollection<string>? touched, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(roots);
        var before = _roots;
        _roots = new Dictionary<SkillLayerRoot, RootIndex>(roots.Count);
        var found = new List<DiscoveredSkill>();
        var refused = new List<RefusedPath>();
        foreach (var root in roots.Distinct())
        {
            var known = before.GetValueOrDefault(root);
            var index = known ?? new RootIndex(root, _options);
            if (known is null || touched is null) index.Scan(cancellationToken);
            else index.Scan(touched, cancellationToken);
            _roots[root] = index;
            found.AddRange(index.Skills);
            refused.AddRange(index.Refused);
        }
        return new SkillFindings(found, refused);
    }
}

/// <summary>What lies below the roots, not yet resolved by name.</summary>
/// <param name="Found">Valid skills and files that are none, in the order of the roots and of paths within a root.</param>
/// <param name="Refused">Paths that were not searched or read.</param>
public sealed record SkillFindings(IReadOnlyList<DiscoveredSkill> Found, IReadOnlyList<RefusedPath> Refused);
