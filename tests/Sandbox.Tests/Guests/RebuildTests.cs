using System.Diagnostics;

namespace ClawGrains.Sandbox.Tests.Guests;

public sealed class RebuildTests
{
    [GuestToolchainFact]
    public async Task Guests_BuiltAgain_HaveTheSameBytes()
    {
        using var directory = new TemporaryDirectory();
        var start = new ProcessStartInfo("node", ["build.mjs", directory.Path]) { WorkingDirectory = GuestToolchainFactAttribute.Sources, RedirectStandardError = true };
        using var build = Process.Start(start)!;
        var error = await build.StandardError.ReadToEndAsync();
        await build.WaitForExitAsync();
        build.ExitCode.ShouldBe(0, error);
        foreach (var built in Directory.EnumerateFiles(Path.Combine(GuestToolchainFactAttribute.Sources, "built"), "*.wasm"))
            File.ReadAllBytes(Path.Combine(directory.Path, Path.GetFileName(built))).ShouldBe(File.ReadAllBytes(built), Path.GetFileName(built));
        Directory.EnumerateFiles(directory.Path).Count().ShouldBe(Directory.EnumerateFiles(Path.Combine(GuestToolchainFactAttribute.Sources, "built")).Count());
    }
}

/// <summary>A fact that needs what guests are built with; skipped, with the reason, where it is missing.</summary>
public sealed class GuestToolchainFactAttribute : FactAttribute
{
    public GuestToolchainFactAttribute()
    {
        var missing = ((string[])["node", "clang-19", "wasm-ld-19"]).Where(p => Programs.Find(p) is null).ToArray();
        if (missing.Length > 0) Skip = $"not on the PATH: {string.Join(", ", missing)}";
        else if (!Directory.Exists(Path.Combine(Sources, "node_modules"))) Skip = "tests/Guests/node_modules is not there: run `npm ci` in tests/Guests";
    }

    public static string Sources { get; } = Path.Combine(TestData.Repository, "tests", "Guests");
}
