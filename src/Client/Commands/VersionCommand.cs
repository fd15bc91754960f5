using System.CommandLine;
using System.Runtime.InteropServices;
using ClawGrains.Client.Api;
using ClawGrains.Client.Hosting;
using ClawGrains.Client.Output;

namespace ClawGrains.Client.Commands;

/// <summary>What <c>claw version --json</c> prints.</summary>
internal sealed record VersionReport(string Version, string? Commit, string Runtime, string GrainRuntime, string System);

internal static class VersionCommand
{
#if REAL_ORLEANS
    private const string GrainRuntime = "Orleans";
#else
    private const string GrainRuntime = "Embedded";
#endif

    public static Command Create()
    {
        var command = new Command("version", "Print the version of this build and of what it runs on");
        command.SetAction(call =>
        {
            var report = new VersionReport(ProductVersion.Text, ProductVersion.Commit,
                RuntimeInformation.FrameworkDescription, GrainRuntime, RuntimeInformation.RuntimeIdentifier);
            if (CommonOptions.WantsJson(call)) Terminal.Json(report, ClientJson.Default.VersionReport);
            else Console.WriteLine($"claw {report.Version} ({report.Commit ?? "unknown commit"}), {report.Runtime}, {report.GrainRuntime} grains, {report.System}");
        });
        return command;
    }
}
