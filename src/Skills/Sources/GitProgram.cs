using System.ComponentModel;
using System.Diagnostics;

namespace ClawGrains.Skills.Sources;

/// <summary>
/// Runs git so that nothing of the machine's or the repository's configuration is executed: no hooks, filters, submodules,
/// helpers or prompts, and only the one protocol. Links are checked out as plain text.
/// </summary>
internal sealed class GitProgram(string program, string protocol)
{
    private const int ErrorCharacters = 300;
    private static readonly string[] Settings =
    [
        "core.hooksPath=/dev/null", "core.symlinks=false", "core.fsmonitor=false", "core.attributesFile=/dev/null", "core.autocrlf=false",
        "core.protectNTFS=true", "core.protectHFS=true", "credential.helper=", "protocol.ext.allow=never", "submodule.recurse=false",
        "fetch.recurseSubmodules=false", "filter.lfs.process=", "filter.lfs.smudge=", "filter.lfs.required=false", "gc.auto=0",
        "maintenance.auto=false", "http.followRedirects=initial", "advice.detachedHead=false", "transfer.fsckObjects=true",
    ];

    /// <summary>Whether the program can be started.</summary>
    public static bool Exists(string program) =>
        Path.IsPathRooted(program) ? File.Exists(program) : (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(d => File.Exists(Path.Combine(d, OperatingSystem.IsWindows() ? program + ".exe" : program)));

    /// <summary>Runs it in a directory and gives what it wrote.</summary>
    /// <exception cref="SourceException">It failed; the message is git's own.</exception>
    public async Task<string> RunAsync(string directory, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(directory, arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (process.ExitCode != 0) throw Failure(await error.ConfigureAwait(false));
            return await output.ConfigureAwait(false);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                // The directory is removed next, which the program must not write to any more.
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private Process Start(string directory, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var setting in Settings) AddTo(start, "-c", setting);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in Environments()) start.Environment[name] = value;
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new SourceException(SourceCodes.Unavailable, $"the program {program} cannot be started: {e.Message}", e);
        }
    }

    private Dictionary<string, string> Environments() => new()
    {
        ["GIT_ALLOW_PROTOCOL"] = protocol,
        ["GIT_ATTR_NOSYSTEM"] = "1",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null",
        ["GIT_LFS_SKIP_SMUDGE"] = "1",
        ["GIT_TEMPLATE_DIR"] = "",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GCM_INTERACTIVE"] = "never",
        ["LC_ALL"] = "C",
    };

    private static void AddTo(ProcessStartInfo start, params ReadOnlySpan<string> arguments)
    {
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
    }

    private static SourceException Failure(string error)
    {
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = lines.FirstOrDefault(l => l.StartsWith("fatal:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "no message";
        var missing = line.Contains("not found", StringComparison.Ordinal) || line.Contains("couldn't find remote ref", StringComparison.Ordinal)
            || line.Contains("does not exist", StringComparison.Ordinal) || line.Contains("does not appear to be a git repository", StringComparison.Ordinal);
        var shown = new string([.. line.Take(ErrorCharacters).Where(c => !char.IsControl(c))]);
        return new SourceException(missing ? SourceCodes.NotFound : SourceCodes.Unavailable, $"git: {shown}");
    }
}
