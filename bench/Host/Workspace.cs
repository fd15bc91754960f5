namespace ClawGrains.Host.Bench;

/// <summary>A workspace of made-up skills, about the size of real ones.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("clawgrains-bench-").FullName;

    public Workspace(int skills)
    {
        for (var i = 0; i < skills; i++) Write(i);
    }

    public string Folder => Path.Combine(_root, "work");

    public string Data => Path.Combine(_root, "data");

    public void Write(int number, string body = "")
    {
        var folder = Path.Combine(Folder, "skills", $"skill-{number:0000}");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "SKILL.md"), $$"""
            ---
            name: skill-{{number:0000}}
            description: Does the made-up thing number {{number}} for a benchmark. Use when it is to be measured how a host lists and calls many skills.
            license: Apache-2.0
            metadata:
              openclaw:
                emoji: "🔧"
                requires:
                  bins: [git]
            ---

            # Skill {{number}}
            {{string.Concat(Enumerable.Repeat("Read the input, do the thing, and say what was done in one sentence. $ARGUMENTS\n", 40))}}{{body}}
            """);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
