namespace ClawGrains.Support;

/// <summary>Looks up programs on the PATH.</summary>
public static class Programs
{
    /// <summary>The full path of <paramref name="name"/>, or null where the PATH has no such file.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(d => Path.Combine(d, name))
            .FirstOrDefault(File.Exists);
}
