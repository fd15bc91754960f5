using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Validation;

/// <summary>A file to validate, or a path with the reason why there is none.</summary>
internal readonly record struct ValidationTarget(string Path, SkillDiagnostic? Error = null);

/// <summary>Finds the files behind a path argument.</summary>
internal static class ValidationTargets
{
    private const string FileName = "SKILL.md";

    public static IEnumerable<ValidationTarget> Find(string path)
    {
        if (Directory.Exists(path)) return InTree(path);
        return File.Exists(path) ? [new ValidationTarget(path)] : [Missing(path, $"{path} does not exist")];
    }

    private static List<ValidationTarget> InTree(string path)
    {
        var found = new List<ValidationTarget>();
        var pending = new Stack<string>([path]);
        while (pending.TryPop(out var directory)) Visit(directory, found, pending);
        found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return found.Count > 0 ? found : [Missing(Path.Combine(path, FileName), $"there is no SKILL.md in {path} or below it")];
    }

    private static void Visit(string directory, List<ValidationTarget> found, Stack<string> pending)
    {
        try
        {
            Add(directory, found);
            foreach (var child in new DirectoryInfo(directory).EnumerateDirectories())
                if (child.LinkTarget is null && child.Name != ".git") pending.Push(Path.Combine(directory, child.Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            found.Add(Missing(directory, $"the directory cannot be read: {e.Message}"));
        }
    }

    // Only the exact name loads; a file of another case is shown with what to do, unless the right one is there.
    private static void Add(string directory, List<ValidationTarget> found)
    {
        var files = Directory.EnumerateFiles(directory, FileName, AnyCase).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        if (files.Contains(FileName)) found.Add(new ValidationTarget(Path.Combine(directory, FileName)));
        else if (files.Count > 0) found.Add(WrongCase(Path.Combine(directory, files[0]!)));
    }

    private static ValidationTarget WrongCase(string path) =>
        new(path, new SkillDiagnostic("FILE_NAME", $"the file must be named {FileName} exactly; rename {Path.GetFileName(path)}"));

    private static ValidationTarget Missing(string path, string message) => new(path, new SkillDiagnostic(SkillCodes.Unreadable, message));

    private static EnumerationOptions AnyCase { get; } =
        new() { MatchCasing = MatchCasing.CaseInsensitive, AttributesToSkip = 0, IgnoreInaccessible = false };
}
