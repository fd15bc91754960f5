namespace ClawGrains.Skills.Eligibility;

/// <summary>What the configuration says about one skill (<c>skills.entries.KEY</c>).</summary>
public sealed record SkillSettings
{
    /// <summary>False switches the skill off. Default true.</summary>
    public bool Enabled { get; init; } = true;
    /// <summary>Whether an API key is set, which stands for the skill's <c>primaryEnv</c>. The key itself is not needed here.</summary>
    public bool HasApiKey { get; init; }
    /// <summary>Variables given to the skill.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = Model.SkillDocument.EmptyFields;
}
