namespace ClawGrains.EndToEnd.Tests.Command;

/// <summary>Plugin packages written for a test.</summary>
internal static class Package
{
    public static string Sample { get; } = Path.Combine(TestData.Repository, "samples", "plugins", "assemblyscript");

    /// <summary>A component that does what its tools are asked to.</summary>
    public static string Probe { get; } = Path.Combine(TestData.Repository, "tests", "Guests", "built", "probe.wasm");

    /// <summary>The sample's component under another manifest.</summary>
    /// <returns>The package's directory.</returns>
    public static string Write(TemporaryDirectory home, string version, string permissions = "{}", string id = "words")
    {
        var directory = $"packages/{id}-{version}";
        home.Write($"{directory}/clawgrains.plugin.json", $$"""{"id":"{{id}}","name":"{{id}}","version":"{{version}}","wit_package":"clawft:plugin@0.1.0","permissions":{{permissions}}}""");
        File.Copy(Path.Combine(Sample, "plugin.wasm"), Path.Combine(home.Path, directory, "plugin.wasm"));
        return Path.Combine(home.Path, directory);
    }
}
