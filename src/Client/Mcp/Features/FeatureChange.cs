namespace ClawGrains.Client.Mcp.Features;

/// <summary>Which lists differ between two indexes.</summary>
/// <param name="Tools">The tools differ.</param>
/// <param name="Prompts">The prompts differ.</param>
/// <param name="Resources">The resources or templates differ.</param>
internal readonly record struct FeatureChange(bool Tools, bool Prompts, bool Resources)
{
    /// <summary>Compares two indexes.</summary>
    public static FeatureChange Between(FeatureIndex before, FeatureIndex after)
    {
        var (a, b) = (before.Fingerprints, after.Fingerprints);
        return new(a.Tools != b.Tools, a.Prompts != b.Prompts, a.Resources != b.Resources);
    }
}
