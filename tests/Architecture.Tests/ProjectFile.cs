using System.Xml.Linq;

namespace ClawGrains.Architecture.Tests;

/// <summary>A project of the solution with the projects it refers to.</summary>
internal sealed record ProjectFile(string Name, string Folder, IReadOnlyList<string> References, bool UsesOrleansApi)
{
    public static IReadOnlyList<ProjectFile> All(string area) =>
        [.. Directory.EnumerateFiles(Path.Combine(TestData.Repository, area), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(Load)];

    private static ProjectFile Load(string path)
    {
        var xml = XDocument.Load(path);
        var references = xml.Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));
        var orleans = xml.Descendants("UsesOrleansApi").Any(e => e.Value == "true");
        return new ProjectFile(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!, [.. references], orleans);
    }

    public IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));
}
