namespace ClawGrains.Support;

/// <summary>A directory of a test's own, removed with everything in it when the test ends.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>The directory's full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("clawgrains-test-").FullName;

    /// <summary>Writes a file below it, making the directories on the way.</summary>
    /// <returns>The full path.</returns>
    public string Write(string relativePath, string content)
    {
        var path = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Writes <c>FOLDER/SKILL.md</c> below it.</summary>
    /// <returns>The full path.</returns>
    public string WriteSkill(string folder, string name, string description = "A skill of a test.", string body = "Do it.") =>
        Write(System.IO.Path.Combine(folder, "SKILL.md"), $"---\nname: {name}\ndescription: {description}\n---\n{body}\n");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
