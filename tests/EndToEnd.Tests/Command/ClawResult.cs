using System.Text.Json;

namespace ClawGrains.EndToEnd.Tests.Command;

/// <summary>What a command that ended left behind.</summary>
internal sealed record ClawResult(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public ClawResult ShouldSucceed()
    {
        ExitCode.ShouldBe(0, $"stdout: {Output}\nstderr: {Error}");
        return this;
    }

    public ClawResult ShouldFail(int exitCode = 1)
    {
        ExitCode.ShouldBe(exitCode, $"stdout: {Output}\nstderr: {Error}");
        Error.ShouldNotContain("   at ", Case.Sensitive, "a stack trace is no message");
        return this;
    }
}
