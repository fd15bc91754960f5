namespace ClawGrains.Support;

/// <summary>
/// Finds the corpus and the official suites, which are not part of the repository:
/// <c>CLAWGRAINS_TEST_DATA</c> names the folder, else <c>../shared/data</c> beside the repository is taken.
/// </summary>
public static class TestData
{
    /// <summary>The repository's root: the folder that holds <c>ClawGrains.sln</c>.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The data folder, or null where there is none.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>A path below the data folder, or null where it does not exist.</summary>
    public static string? Find(params string[] parts)
    {
        if (Root is null) return null;
        var path = Path.Combine([Root, .. parts]);
        return Path.Exists(path) ? path : null;
    }

    private static string FindRepository()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "ClawGrains.sln"))) return d.FullName;
        throw new InvalidOperationException($"No ClawGrains.sln above {AppContext.BaseDirectory}.");
    }

    private static string? FindRoot()
    {
        var named = Environment.GetEnvironmentVariable("CLAWGRAINS_TEST_DATA");
        if (!string.IsNullOrEmpty(named)) return Directory.Exists(named) ? named : null;
        var beside = Path.GetFullPath(Path.Combine(Repository, "..", "shared", "data"));
        return Directory.Exists(beside) ? beside : null;
    }
}
