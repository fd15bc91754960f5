namespace ClawGrains.Support;

/// <summary>A fact that needs a file or folder of the test data; skipped, with the reason, where it is missing.</summary>
public sealed class DataFactAttribute : Xunit.FactAttribute
{
    /// <param name="parts">The path below the data folder.</param>
    public DataFactAttribute(params string[] parts)
    {
        if (TestData.Find(parts) is null)
            Skip = $"test data {string.Join('/', parts)} not found: set CLAWGRAINS_TEST_DATA";
    }
}

/// <summary>A fact that needs programs on the PATH; skipped, naming the missing one, where they are not there.</summary>
public sealed class ProgramFactAttribute : Xunit.FactAttribute
{
    /// <param name="programs">Names looked up on the PATH.</param>
    public ProgramFactAttribute(params string[] programs)
    {
        var missing = programs.Where(p => Programs.Find(p) is null).ToArray();
        if (missing.Length > 0) Skip = $"not on the PATH: {string.Join(", ", missing)}";
    }
}

/// <summary>A fact about the state file of the embedded runtime; skipped in the Orleans build, where a silo of its own keeps its state in memory.</summary>
public sealed class StateFactAttribute : Xunit.FactAttribute
{
    /// <param name="programs">Names looked up on the PATH; skipped, naming the missing one, where they are not there.</param>
    public StateFactAttribute(params string[] programs)
    {
#if REAL_ORLEANS
        Skip = "state.db and its lock are the embedded runtime's";
#else
        Skip = new ProgramFactAttribute(programs).Skip;
#endif
    }
}
