namespace ClawGrains.Sandbox.Lifecycle;

/// <summary>A step as the audit tells of it; what a package says of itself is known once it was read.</summary>
internal sealed class Submission(string package)
{
    public required string Step { get; set; }

    public required string Plugin { get; set; }

    /// <summary>The version that the step is about.</summary>
    public string Version { get; set; } = "";

    public string Text => $"{Version} {package}".Trim();
}
