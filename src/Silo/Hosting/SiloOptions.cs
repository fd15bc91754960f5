namespace ClawGrains.Silo.Hosting;

/// <summary>What a silo is told when it starts.</summary>
public sealed record SiloOptions
{
    /// <summary>The directory that holds everything the host keeps: state, managed skills, the token.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The workspace of the default tenant.</summary>
    public required string Workspace { get; init; }

    /// <summary>The directory of the skills shipped with the product. Default: <c>skills</c> beside the program.</summary>
    public string BundledDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "skills");

    /// <summary>
    /// Whether state is kept in memory only and the data directory is not locked, as one command that runs and ends
    /// wants it. Default false.
    /// </summary>
    public bool Ephemeral { get; init; }

    /// <summary>Whether skills are read once as a rule; reading them again then costs as much as the first time. Default false.</summary>
    public bool ReadsOnce { get; init; }

    /// <summary>Whether plugins are on whatever the settings say. Default false.</summary>
    public bool EnablePlugins { get; init; }
}
