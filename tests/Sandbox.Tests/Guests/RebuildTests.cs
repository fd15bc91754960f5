namespace ClawGrains.Sandbox.Tests.Guests;

public sealed class RebuildTests
{
    private static readonly string Sources = Path.Combine(TestData.Repository, "tests", "Guests");

    [ProgramFact("node", "npm", "clang-19", "wasm-ld-19")]
    public async Task Guests_BuiltAgain_HaveTheSameBytes()
    {
        await NpmModules.InstallAsync(Sources);
        using var directory = new TemporaryDirectory();
        await ToolProcess.SucceedAsync(Sources, "node", "build.mjs", directory.Path);
        foreach (var built in Directory.EnumerateFiles(Path.Combine(Sources, "built"), "*.wasm"))
            File.ReadAllBytes(Path.Combine(directory.Path, Path.GetFileName(built))).ShouldBe(File.ReadAllBytes(built), Path.GetFileName(built));
        Directory.EnumerateFiles(directory.Path).Count().ShouldBe(Directory.EnumerateFiles(Path.Combine(Sources, "built")).Count());
    }
}
