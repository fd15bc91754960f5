using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Importing;
using ClawGrains.Client.Installing;
using ClawGrains.Client.Output;
using ClawGrains.Contracts;
using ClawGrains.Skills.Sources;

namespace ClawGrains.Client.Commands;

/// <summary><c>claw import openclaw</c>, and <c>claw skill import</c>.</summary>
internal static class ImportCommands
{
    public static Command Create() => new("import", "Take over what another program has")
    {
        CommonOptions.Tenant, From("openclaw", "Import the skills, SOUL.md and AGENTS.md of an OpenClaw home"),
    };

    /// <summary><c>import</c> below <c>claw skill</c>.</summary>
    public static Command Skills() => From("import", "Import the skills of an OpenClaw home (as `claw import openclaw`)");

    private static Command From(string name, string description)
    {
        var home = new Argument<string?>("DIR") { Description = "The home [default: ~/.openclaw]", Arity = ArgumentArity.ZeroOrOne };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be imported, and change nothing" };
        var options = new InstallOptions();
        var command = new Command(name, description) { home, dryRun };
        options.AddTo(command);
        command.SetAction(async (call, cancellationToken) =>
        {
            var found = Read(call.GetValue(home) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".openclaw"));
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var choices = options.Of(call);
            var import = new OpenClawImport(host.Installs, HomeOf(call), choices);
            var report = await Progress.RunAsync("Reading", () => import.PreviewAsync(found, cancellationToken));
            if (!call.GetValue(dryRun))
            {
                if (!await MayAsync(report, choices, cancellationToken)) return CommandLine.Failed;
                report = await Progress.RunAsync("Importing", () => import.RunAsync(found, report, cancellationToken));
            }
            if (choices.Json) Terminal.Json(report, ClientJson.Default.ImportReport);
            else Write(report, Console.Out);
            return report.Skills.Any(s => s.State == "failed") ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }

    // What the agent of another tenant reads lies in that tenant's own directory.
    private static string HomeOf(ParseResult call)
    {
        var (data, tenant) = (CommonOptions.Paths(call).DataDirectory, CommonOptions.TenantOf(call));
        return tenant == TenantId.Default ? data : Path.Combine(data, "tenants", tenant.Value);
    }

    private static OpenClawHome Read(string directory)
    {
        try
        {
            return OpenClawHome.Read(directory);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or InvalidDataException)
        {
            throw new CommandException(e.Message, "not_found");
        }
    }

    private static async Task<bool> MayAsync(ImportReport report, InstallChoices choices, CancellationToken cancellationToken)
    {
        if (choices.Yes || choices.Approve) return true;
        const string Unattended = "Nobody can be asked here: give --yes to import, and --approve to approve what needs approval as well.";
        if (choices.Json) throw new CommandException(Unattended, "confirmation_needed");
        Write(report, Console.Error);
        if (await Question.AskAsync("Import them? What needs approval will wait for it. [y/N]", Unattended, cancellationToken) == 'y') return true;
        Console.Error.WriteLine("Nothing was imported.");
        return false;
    }

    private static void Write(ImportReport report, TextWriter output)
    {
        var table = new Table("NAME", "STATE", "REMARK");
        foreach (var row in report.Skills.Concat(report.Files)) table.Add(row.Name, row.State, row.Reason ?? row.Path);
        table.Write(output);
        foreach (var left in report.NotImported) output.WriteLine($"not imported: {Terminal.Plain(left)}");
        if (report.Skills.Any(s => s.State == "pending")) output.WriteLine("See what waits with `claw approvals list`.");
    }
}
