namespace ClawGrains.Skills.Tests;

/// <summary>A directory of its own that vanishes with the test.</summary>
internal sealed class TempTree : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("claw-skills-").FullName;

    public string this[params string[] parts] => Path.Combine([Root, .. parts]);

    public string Write(string relative, string text)
    {
        var path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Skill(string directory, string? name = null, string description = "A skill.") =>
        Write($"{directory}/SKILL.md", $"---\nname: {name ?? Path.GetFileName(directory)}\ndescription: {description}\n---\nDo it.\n");

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
