using ClawGrains.Skills.Discovery;

namespace ClawGrains.Skills.Sources;

/// <summary>
/// What an OpenClaw home (<c>~/.openclaw</c>) or workspace holds that can be taken over: skills of <c>skills</c> and of each
/// workspace, and the files that shape the agent. Secrets and settings are named, never read out.
/// </summary>
public sealed record OpenClawHome
{
    private static readonly string[] Shaping = ["SOUL.md", "AGENTS.md"];
    private static readonly string[] Left = ["USER.md", "IDENTITY.md", "TOOLS.md", "MEMORY.md", "HEARTBEAT.md", "memory"];

    /// <summary>The directory.</summary>
    public required string Directory { get; init; }

    /// <summary>The directories of its skills; where two have the same name, the workspace's.</summary>
    public required IReadOnlyList<OpenClawSkill> Skills { get; init; }

    /// <summary><c>SOUL.md</c> and <c>AGENTS.md</c>, where they are.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What is there and is not taken over.</summary>
    public required IReadOnlyList<string> NotImported { get; init; }

    /// <summary>Reads a home.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">It holds nothing of OpenClaw.</exception>
    public static OpenClawHome Read(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var home = Path.GetFullPath(directory);
        if (!System.IO.Directory.Exists(home)) throw new DirectoryNotFoundException($"{home} does not exist; give an OpenClaw home, usually ~/.openclaw");
        var workspaces = Workspaces(home).ToArray();
        var skills = SkillsOf([.. workspaces, home]);
        var files = Shaping.Select(f => workspaces.Append(home).Select(w => Path.Combine(w, f)).FirstOrDefault(File.Exists)).OfType<string>().ToArray();
        if (skills.Count == 0 && files.Length == 0 && !File.Exists(Path.Combine(home, "openclaw.json")))
            throw new InvalidDataException($"{home} is no OpenClaw home: it has no openclaw.json, no skills and no SOUL.md");
        return new OpenClawHome { Directory = home, Skills = skills, Files = files, NotImported = [.. NotTaken(home, workspaces)] };
    }

    // The default agent's, those of named profiles and agents.
    private static IEnumerable<string> Workspaces(string home) => System.IO.Directory.EnumerateDirectories(home)
        .Where(d => Path.GetFileName(d) is "workspace" || Path.GetFileName(d).StartsWith("workspace-", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static List<OpenClawSkill> SkillsOf(IEnumerable<string> places)
    {
        var roots = places.Select(p => Path.Combine(p, "skills")).Where(System.IO.Directory.Exists);
        return [.. roots.SelectMany(SkillsIn).DistinctBy(s => s.Name)];
    }

    private static IEnumerable<OpenClawSkill> SkillsIn(string root)
    {
        var found = SkillDiscovery.Discover([new SkillLayerRoot(SkillLayer.Managed, root)], SkillDiscoveryOptions.Default);
        return found.Active.Concat(found.Invalid).Select(s => new OpenClawSkill(s.Document.Name, s.Document.BaseDirectory)).OrderBy(s => s.Directory, StringComparer.Ordinal);
    }

    private static IEnumerable<string> NotTaken(string home, string[] workspaces)
    {
        foreach (var workspace in workspaces.Append(home))
            foreach (var name in Left.Select(l => Path.Combine(workspace, l)).Where(Path.Exists)) yield return $"{name}: memory and profile of OpenClaw's agent";
        if (File.Exists(Path.Combine(home, "openclaw.json"))) yield return $"{Path.Combine(home, "openclaw.json")}: settings, channels and keys; set them anew";
        if (System.IO.Directory.Exists(Path.Combine(home, "credentials"))) yield return $"{Path.Combine(home, "credentials")}: credentials are never copied";
        if (System.IO.Directory.Exists(Path.Combine(home, "extensions"))) yield return $"{Path.Combine(home, "extensions")}: plugins in JavaScript can't run here";
    }
}

/// <summary>A skill of an OpenClaw home.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Directory">Its directory.</param>
public sealed record OpenClawSkill(string Name, string Directory);
