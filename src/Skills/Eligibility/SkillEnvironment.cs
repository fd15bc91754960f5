namespace ClawGrains.Skills.Eligibility;

/// <summary>The surroundings a skill is judged in. Every lookup can be replaced, so that tests never see the machine.</summary>
public sealed record SkillEnvironment
{
    /// <summary>Node's name of the platform: <c>linux</c>, <c>darwin</c>, <c>win32</c>.</summary>
    public required string Platform { get; init; }
    /// <summary>Whether a program is on the PATH. Default: none is.</summary>
    public Func<string, bool> HasBinary { get; init; } = static _ => false;
    /// <summary>The value of an environment variable, or null. Default: none is set.</summary>
    public Func<string, string?> GetVariable { get; init; } = static _ => null;
    /// <summary>Whether a dotted configuration path is truthy, or null where nothing is set. Default: nothing is.</summary>
    public Func<string, bool?> GetConfig { get; init; } = static _ => null;
    /// <summary>Whether a plugin runs, by its id. Default: all do, where nobody can tell.</summary>
    public Func<string, bool> HasPlugin { get; init; } = static _ => true;
    /// <summary>The settings of a skill by its key, or null. Default: none.</summary>
    public Func<string, SkillSettings?> GetSettings { get; init; } = static _ => null;

    /// <summary>A platform with no program, variable or configuration.</summary>
    public static SkillEnvironment Bare(string platform = "linux") => new() { Platform = platform };

    /// <summary>This machine: its PATH (looked up once per program) and its variables.</summary>
    public static SkillEnvironment Machine() => new()
    {
        Platform = CurrentPlatform,
        HasBinary = new ProgramPath(Environment.GetEnvironmentVariable("PATH") ?? "").Has,
        GetVariable = Environment.GetEnvironmentVariable,
    };

    private static string CurrentPlatform =>
        OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
}
