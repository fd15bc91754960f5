using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Hosting;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Silo.Hosting;

namespace ClawGrains.Client.Diagnosis;

/// <summary>Looks at everything a host needs, changes nothing, and says what to do about what is wrong.</summary>
internal static class Doctor
{
    public static async Task<ImmutableArray<Finding>> ExamineAsync(HostPaths paths, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        findings.Add(Finding.Good("version", $"claw {ProductVersion.Text} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}"));
        findings.Add(DataDirectory(paths));
        findings.Add(Workspace(paths));
        findings.Add(Token(paths));
        findings.Add(State(paths));
        findings.AddRange(await HostAndSkillsAsync(paths, cancellationToken));
        return findings.ToImmutable();
    }

    private static Finding DataDirectory(HostPaths paths)
    {
        if (!Directory.Exists(paths.DataDirectory))
            return Finding.Odd("data", $"{paths.DataDirectory} does not exist yet", "It is made when a host starts or a skill is installed.");
        try
        {
            File.Create(Path.Combine(paths.DataDirectory, $".doctor-{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose).Dispose();
            return Finding.Good("data", paths.DataDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Bad("data", $"{paths.DataDirectory} can't be written: {e.Message}", "Give yourself write access, or choose another with --data DIR.");
        }
    }

    private static Finding Workspace(HostPaths paths) => Directory.Exists(paths.Workspace)
        ? Finding.Good("workspace", paths.Workspace)
        : Finding.Bad("workspace", $"{paths.Workspace} does not exist", "Make it, or choose another with --workspace DIR.");

    private static Finding Token(HostPaths paths)
    {
        var file = BearerToken.PathOf(paths.DataDirectory);
        if (!File.Exists(file)) return Finding.Odd("token", "none yet", "It is made when a host starts for the first time.");
        if (OperatingSystem.IsWindows()) return Finding.Good("token", file);
        var mode = File.GetUnixFileMode(file);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return (mode & others) == 0
            ? Finding.Good("token", $"{file}, readable by you alone")
            : Finding.Bad("token", $"{file} can be read by others", $"Run: chmod 600 {file}");
    }

    private static Finding State(HostPaths paths) => SiloState.Problem(paths.DataDirectory) is { } problem
        ? Finding.Bad("state", problem, "Restore it from a backup, try `sqlite3 FILE .recover`, or move it away to start with an empty one.")
        : Finding.Good("state", SiloState.PathOf(paths.DataDirectory));

    private static async Task<IEnumerable<Finding>> HostAndSkillsAsync(HostPaths paths, CancellationToken cancellationToken)
    {
        var record = HostRecord.Read(paths);
        var host = record is null
            ? Finding.Odd("host", "none is running for this data directory", "Start one with `claw serve`; commands work without one too.")
            : Finding.Good("host", $"{record.Url}, process {record.ProcessId}, since {record.StartedAt:u}, workspace {record.Workspace}");
        try
        {
            await using var connection = await HostConnections.OpenAsync(paths, TenantId.Default, cancellationToken);
            var plugins = connection.Plugins(TenantId.Default);
            return [host, .. Skills(await connection.GetCatalogAsync(cancellationToken)), .. PluginFindings.Of(await plugins.ListAsync(cancellationToken)),
                .. await AuditAsync(paths, plugins, cancellationToken)];
        }
        catch (CommandException e)
        {
            return [Finding.Bad("host", e.Message, $"End process {record?.ProcessId} and start the host again.")];
        }
        catch (PluginException e)
        {
            return [host, Finding.Bad("skills", e.Error.Message, "Mend what the message names.")];
        }
    }

    // Without a file there is nothing to verify, and asking would make one.
    private static async Task<IEnumerable<Finding>> AuditAsync(HostPaths paths, IPluginConnection plugins, CancellationToken cancellationToken)
    {
        if (!File.Exists(SqliteAuditStore.PathIn(paths.DataDirectory))) return [];
        try
        {
            return [PluginFindings.Of(await plugins.VerifyAuditAsync(head: null, cancellationToken))];
        }
        catch (IOException e)
        {
            return [Finding.Bad("audit", e.Message, "No plugin runs until it can be written.")];
        }
    }

    private static IEnumerable<Finding> Skills(CatalogSnapshot catalog)
    {
        var layers = catalog.Layers.GroupBy(l => l.Name).Select(g => $"{g.Key} {g.Sum(l => l.ActiveSkills)}");
        yield return Finding.Good("skills", $"{catalog.Skills.Length} ({string.Join(", ", layers)})");
        var unmet = catalog.Skills.Count(s => !s.Eligible);
        if (unmet > 0) yield return Finding.Odd("skills", $"{unmet} are not eligible here", "`claw skill list --verbose` says what each is missing.");
        foreach (var bad in catalog.Invalid)
            yield return Finding.Odd("skills", $"{bad.Path}{(bad.Line > 0 ? $":{bad.Line}:{bad.Column}" : "")} could not be loaded: {bad.Reason}");
        foreach (var s in catalog.Shadowed)
            yield return Finding.Odd("skills", $"{s.FilePath} is shadowed by {s.ShadowedBy}");
    }
}
