using System.Diagnostics;
using Shouldly;

namespace ClawGrains.Support;

/// <summary>A program run to its end, with both outputs read.</summary>
public static class ToolProcess
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs the program in <paramref name="directory"/> with nothing on its standard input and without colours; ended with all it started after five minutes.</summary>
    /// <exception cref="TimeoutException">It had not ended by then.</exception>
    public static async Task<(int Code, string Output, string Error)> RunAsync(string directory, string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(Start(directory, program, arguments))!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} ran for more than {_patience}.");
        }
    }

    /// <summary>Runs the program and gives its standard output; a failure's words become the test's.</summary>
    public static async Task<string> SucceedAsync(string directory, string program, params IEnumerable<string> arguments)
    {
        var (code, output, error) = await RunAsync(directory, program, arguments);
        code.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{output}\n{error}");
        return output;
    }

    private static ProcessStartInfo Start(string directory, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        return start;
    }
}
