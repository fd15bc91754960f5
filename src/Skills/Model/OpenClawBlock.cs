namespace ClawGrains.Skills.Model;

/// <summary>The <c>metadata.openclaw</c> block (or the legacy <c>metadata.clawdbot</c>).</summary>
public sealed record OpenClawBlock
{
    /// <summary>What a skill without the block has.</summary>
    public static OpenClawBlock Empty { get; } = new();

    /// <summary>Skips <see cref="Requires"/>, not <see cref="Os"/>. Default false.</summary>
    public bool Always { get; init; }
    /// <summary>An emoji to show beside the name.</summary>
    public string? Emoji { get; init; }
    /// <summary>The skill's page.</summary>
    public string? Homepage { get; init; }
    /// <summary>The environment variable that the skill's API key is given in.</summary>
    public string? PrimaryEnv { get; init; }
    /// <summary>The key of the skill's settings; the name where absent.</summary>
    public string? SkillKey { get; init; }
    /// <summary>Platforms the skill works on (<c>linux</c>, <c>darwin</c>, <c>win32</c>); empty means all.</summary>
    public IReadOnlyList<string> Os { get; init; } = [];
    /// <summary>What the skill needs.</summary>
    public SkillRequirements Requires { get; init; } = SkillRequirements.None;
    /// <summary>Ways to install what it needs.</summary>
    public IReadOnlyList<SkillInstallSpec> Install { get; init; } = [];
}
