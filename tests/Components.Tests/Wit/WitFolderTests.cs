using ClawGrains.Components.Wit;

namespace ClawGrains.Components.Tests.Wit;

/// <summary>The WIT texts of the repository, and the host's agreement with those of WASI.</summary>
public sealed class WitFolderTests
{
    private static readonly string Folder = Path.Combine(TestData.Repository, "wit");

    [Fact]
    public void AddFolder_EveryText_ResolvesEveryName()
    {
        var packages = new WitPackages().AddFolder(Folder);
        packages.Check();
        packages.Interfaces.ShouldContain("wasi:filesystem/types@0.2.9");
        packages.Worlds.ShouldContain("wasi:cli/command@0.2.9");
        packages.Worlds.ShouldContain("clawgrains:tools/tool-plugin@1.0.0");
    }

    [Fact]
    public void WasiHost_EveryFunctionOfTheTexts_IsOffered()
    {
        var packages = new WitPackages().AddFolder(Path.Combine(Folder, "wasi"));
        var host = ClawGrains.Components.Wasi.WasiHost.AddTo(new ComponentLinker());
        var missing = packages.Interfaces.Where(name => !name.StartsWith("wasi:cli/run@", StringComparison.Ordinal)).SelectMany(name => packages.Functions(name)
            .Where(f => (host.Find(name) as LinkerInstance)?.Find(f.Name) is null).Select(f => $"{name}#{f.Name}"));
        missing.ShouldBeEmpty();
    }
}
