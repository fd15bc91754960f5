using System.Diagnostics;

namespace ClawGrains.Support;

/// <summary>
/// A shell without job control has what it starts in the background ignore SIGINT, and so do the tests then and all that they
/// start. A program that is to be ended by that signal is started with this in front.
/// </summary>
public static class DefaultSignals
{
    private static readonly string[] Env = ["env", "--default-signal"];

    /// <summary>Words to put before a command; none where the machine's <c>env</c> doesn't know how.</summary>
    public static IReadOnlyList<string> Prefix { get; } = Works() ? Env : [];

    private static bool Works()
    {
        if (Programs.Find(Env[0]) is not { } env) return false;
        using var process = Process.Start(new ProcessStartInfo(env, [.. Env[1..], "true"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
