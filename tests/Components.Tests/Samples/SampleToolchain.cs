using System.Diagnostics;

namespace ClawGrains.Components.Tests.Samples;

/// <summary>What the sample plugins are built with and run in besides this engine.</summary>
internal static class SampleToolchain
{
    public static readonly string Folder = Path.Combine(TestData.Repository, "samples/plugins");
    private static readonly string Modules = Path.Combine(Folder, "assemblyscript");

    /// <summary>Installs the node modules of the lock file where they are not there yet.</summary>
    public static Task InstallAsync() => NpmModules.InstallAsync(Modules);
}

/// <summary>A fact that needs Debian's rustc with the target of the Rust sample; skipped, with the reason, where it is missing.</summary>
public sealed class RustFactAttribute : FactAttribute
{
    private const string Compiler = "/usr/bin/rustc";

    public RustFactAttribute()
    {
        if (!File.Exists(Compiler) || !Directory.Exists("/usr/lib/rustlib/wasm32-unknown-unknown")) Skip = "Debian's rustc and libstd-rust-dev-wasm32 are not there";
        else if (!Version().Contains("1.63.", StringComparison.Ordinal)) Skip = $"the committed bytes are those of rustc 1.63, this is {Version()}";
        else if (Programs.Find("npm") is null) Skip = "not on the PATH: npm";
    }

    private static string Version()
    {
        using var process = Process.Start(new ProcessStartInfo(Compiler, ["--version"]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
