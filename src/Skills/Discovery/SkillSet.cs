using System.Diagnostics.CodeAnalysis;

namespace ClawGrains.Skills.Discovery;

/// <summary>What a discovery found. Immutable; every list is in ordinal order, so equal trees give equal sets.</summary>
public sealed class SkillSet
{
    private readonly Dictionary<string, DiscoveredSkill> _byName;

    internal SkillSet(IReadOnlyList<DiscoveredSkill> active)
    {
        Active = active;
        _byName = active.ToDictionary(s => s.Document.Name, StringComparer.Ordinal);
    }

    /// <summary>A set without skills.</summary>
    public static SkillSet Empty { get; } = new([]);

    /// <summary>Resolves what was found, in the order of the roots, into the skills in force and the others.</summary>
    public static SkillSet Of(IReadOnlyList<DiscoveredSkill> found, IReadOnlyList<RefusedPath> refused) => Precedence.Resolve(found, refused);

    /// <summary>The skills in force, by name.</summary>
    public IReadOnlyList<DiscoveredSkill> Active { get; }
    /// <summary>Valid skills hidden by one of the same name.</summary>
    public IReadOnlyList<ShadowedSkill> Shadowed { get; internal init; } = [];
    /// <summary>Files that are no valid skill; their documents say why.</summary>
    public IReadOnlyList<DiscoveredSkill> Invalid { get; internal init; } = [];
    /// <summary>Paths that were refused.</summary>
    public IReadOnlyList<RefusedPath> Refused { get; internal init; } = [];
    /// <summary>Name clashes, worded for a person.</summary>
    public IReadOnlyList<SkillSetWarning> Warnings { get; internal init; } = [];

    /// <summary>The active skill of that exact name, or null.</summary>
    public DiscoveredSkill? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Finds the active skill of that exact name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out DiscoveredSkill? skill) => _byName.TryGetValue(name, out skill);
}
