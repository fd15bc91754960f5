using System.Reflection;
using System.Text.RegularExpressions;

namespace ClawGrains.Architecture.Tests;

/// <summary>Holds the permitted arrows between projects (RATIONALE.md, "Which project may see which?").</summary>
public sealed partial class ArrowTests
{
    private static readonly Dictionary<string, string[]> Permitted = new()
    {
        ["Contracts"] = [],
        ["Wasm"] = [],
        ["Components"] = ["Wasm"],
        ["Sandbox"] = ["Contracts", "Components"],
        ["Skills"] = ["Contracts"],
        ["Agent"] = ["Contracts", "Skills"],
        ["Channels"] = ["Contracts"],
        ["Interfaces"] = ["Contracts"],
        ["Embedded"] = [],
        ["Grains"] = ["Interfaces", "Sandbox", "Skills", "Agent"],
        ["Silo"] = ["Contracts", "Components", "Sandbox", "Skills", "Agent", "Channels", "Interfaces", "Grains", "Embedded"],
        ["Client"] = ["Interfaces", "Silo", "Wasm", "Components"],
    };

    private static readonly string[] OrleansApiUsers = ["Interfaces", "Grains", "Silo", "Client"];

    [Fact]
    public void Projects_ReferToPermittedOnesOnly()
    {
        var projects = ProjectFile.All("src");
        projects.Count.ShouldBeGreaterThan(8, "the scan found hardly any project");
        projects.SelectMany(p => p.References.Where(r => !Permitted[p.Name].Contains(r)).Select(r => $"{p.Name} -> {r}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void OrleansApi_IsSeenByItsUsersOnly() =>
        ProjectFile.All("src").Where(p => p.UsesOrleansApi).Select(p => p.Name).ShouldBeSubsetOf(OrleansApiUsers);

    [Fact]
    public void Embedded_IsNamedByTheHostWiringOnly()
    {
        var scanned = ProjectFile.All("src").Where(p => p.Name != "Embedded").SelectMany(p => p.Sources()).ToArray();
        scanned.Length.ShouldBeGreaterThan(50, "the scan found hardly any source");
        scanned.Where(f => File.ReadAllText(f).Contains("ClawGrains.Embedded", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(TestData.Repository, f))
            .ShouldAllBe(f => f.StartsWith("src/Silo/", StringComparison.Ordinal));
    }

    [Fact]
    public void Assemblies_OfTheLibraries_ReferToNoHost()
    {
        foreach (var name in (string[])["Contracts", "Wasm", "Components", "Skills", "Agent"])
        {
            var dll = Directory.EnumerateFiles(Path.Combine(TestData.Repository, "src", name, "bin"), $"ClawGrains.{name}.dll", SearchOption.AllDirectories)
                .OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault();
            dll.ShouldNotBeNull($"{name} is not built");
            using var context = new MetadataLoadContext(dll);
            context.References.Where(r => HostAssembly().IsMatch(r)).ShouldBeEmpty($"{name} sees the host");
        }
    }

    [GeneratedRegex(@"^(Orleans|Microsoft\.AspNetCore|Microsoft\.Extensions\.Hosting|ClawGrains\.(Silo|Grains|Interfaces|Embedded)|claw$)")]
    private static partial Regex HostAssembly();

    private sealed class MetadataLoadContext(string dll) : IDisposable
    {
        private readonly System.Runtime.Loader.AssemblyLoadContext _context = new("metadata", isCollectible: true);

        public IEnumerable<string> References =>
            Load().GetReferencedAssemblies().Select(a => a.Name!);

        public void Dispose() => _context.Unload();

        private Assembly Load() => _context.LoadFromStream(new MemoryStream(File.ReadAllBytes(dll)));
    }
}
