using ClawGrains.EndToEnd.Tests.Command;

namespace ClawGrains.EndToEnd.Tests.Live;

/// <summary>A skill of the workspace whose directory holds a plugin.</summary>
internal sealed class CarryingSkill(TemporaryDirectory home, string place = "work/skills/words")
{
    /// <summary>A component with the tools <c>word-count</c> and <c>echo</c>.</summary>
    public static string Words { get; } = Path.Combine(Package.Sample, "plugin.wasm");

    /// <summary>A component with the tools <c>add</c> and <c>greet</c>.</summary>
    public static string Functions { get; } = Path.Combine(TestData.Repository, "tests", "Guests", "built", "functions.wasm");

    /// <summary>The directory.</summary>
    public string Folder => Path.Combine(home.Path, place);

    public string Markdown => Path.Combine(Folder, "SKILL.md");

    public string Manifest => Path.Combine(Folder, "clawgrains.plugin.json");

    /// <summary>In a directory of its own, as builds put it.</summary>
    public string Component => Path.Combine(Folder, "dist", "plugin.wasm");

    /// <summary>Writes it whole.</summary>
    public void Write(string? component = null, string permissions = "{}")
    {
        Text("Count words.");
        Plugin(permissions);
        Build(component ?? Words);
    }

    public void Text(string body) => home.WriteSkill(place, "words", body: body);

    public void Plugin(string permissions, string id = "words") => home.Write($"{place}/clawgrains.plugin.json",
        $$"""{"id":"{{id}}","name":"{{id}}","version":"1.0.0","wit_package":"clawft:plugin@0.1.0","component":"dist/plugin.wasm","permissions":{{permissions}}}""");

    /// <summary>Puts a component in its place.</summary>
    public void Build(string component)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Component)!);
        File.Copy(component, Component, overwrite: true);
    }
}
