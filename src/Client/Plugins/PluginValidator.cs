using System.Collections.Immutable;
using ClawGrains.Client.Hosting;
using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Scanning;
using ClawGrains.Silo.Plugins;

namespace ClawGrains.Client.Plugins;

/// <summary>What <c>claw plugin validate --json</c> prints.</summary>
internal sealed record PluginValidation
{
    public bool Valid => Errors.IsEmpty;

    public string? Id { get; init; }

    public string? Version { get; init; }

    public ImmutableArray<string> Errors { get; init; } = [];

    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The permissions it asks for.</summary>
    public ImmutableArray<string> AsksFor { get; init; } = [];

    public ImmutableArray<string> Tools { get; init; } = [];
}

/// <summary>Checks all that an install checks, and goes on after an error as far as it can.</summary>
internal static class PluginValidator
{
    public static async Task<PluginValidation> ValidateAsync(HostPaths paths, string path, CancellationToken cancellationToken)
    {
        var manifests = await ManifestReader.CreateAsync(cancellationToken);
        if (ManifestReader.FileNames.Contains(Path.GetFileName(path)) || Path.GetExtension(path) is ".json" or ".yaml" or ".yml")
            return Manifest(manifests.Read(path, await File.ReadAllBytesAsync(path, cancellationToken)));
        var settings = new SettingsFile(paths.DataDirectory).Plugins;
        PluginPackage package;
        try
        {
            package = PackageSource.Read(path, settings.Packages);
        }
        catch (PluginException e)
        {
            return new PluginValidation { Errors = [e.Error.ToString()] };
        }
        if (ManifestReader.FileNames.FirstOrDefault(package.Files.ContainsKey) is not { } name)
            return new PluginValidation { Errors = [$"{path}: the package has none of {string.Join(", ", ManifestReader.FileNames)}"] };
        var read = manifests.Read(Path.Combine(path, name), package.Files[name]);
        var report = Manifest(read);
        if (read.Manifest is not { } manifest) return report;
        if (settings.Capabilities.Check(manifest) is { } policy) report = report with { Warnings = report.Warnings.Add(policy.Message) };
        return await ComponentAsync(report, package, manifest, settings);
    }

    private static PluginValidation Manifest(ManifestResult read) => new()
    {
        Id = read.Manifest?.Id.Value,
        Version = read.Manifest?.Version.ToString(),
        Errors = [.. read.Diagnostics.Where(d => d.IsError).Select(d => d.Text)],
        Warnings = [.. read.Diagnostics.Where(d => !d.IsError).Select(d => d.Text)],
        AsksFor = read.Manifest is null ? [] : [.. PermissionGrowth.Between(PluginPermissions.None, read.Manifest.Permissions).Describe()],
    };

    private static async Task<PluginValidation> ComponentAsync(PluginValidation report, PluginPackage package, PluginManifest manifest, PluginSettings settings)
    {
        if (!package.Files.TryGetValue(manifest.Component, out var component)) return Bad(report, $"the package has no {manifest.Component}");
        if (settings.Packages.Check(component) is { } large) return Bad(report, large.ToString());
        await using var audit = new NoAudit();
        using var runtime = new PluginRuntime(new PluginRuntimeOptions { Audit = audit, Workspace = _ => Path.GetTempPath() });
        try
        {
            report = Found(report, InstallScan.Scan(package, manifest, settings.Scanning, c => runtime.Load(c)), settings.Scanning);
            // To tell its tools a component is run, with nothing permitted.
            var tools = await runtime.GetToolsAsync(RunnablePlugin.Of(manifest, component, PluginPermissions.None), TenantId.Default);
            report = Found(report, tools.SelectMany(t => InstallScan.ScanTool(t, settings.Scanning)), settings.Scanning);
            return report with { Tools = [.. tools.Select(t => t.Description.Length == 0 ? t.Name : $"{t.Name}: {t.Description}")] };
        }
        catch (PluginException e)
        {
            return Bad(report, $"{manifest.Component}: {e.Error}. What its tools tell of themselves could not be scanned");
        }
        catch (Exception e) when (e is ComponentException or ClawGrains.Wasm.WasmException)
        {
            return Bad(report, $"{manifest.Component}: {e.Message}");
        }
    }

    private static PluginValidation Found(PluginValidation report, IEnumerable<ScanFinding> findings, ScanPolicy policy)
    {
        var refusing = findings.ToLookup(f => f.Severity >= policy.RefuseFrom, Line);
        return report with { Errors = [.. report.Errors, .. refusing[true]], Warnings = [.. report.Warnings, .. refusing[false]] };
    }

    private static string Line(ScanFinding f) => $"{f.File}{(f.Line > 0 ? $":{f.Line}" : "")}: {f.Rule}: {f.Message}";

    private static PluginValidation Bad(PluginValidation report, string error) => report with { Errors = report.Errors.Add(error) };

    /// <summary>Nothing is kept of a component that only tells its tools.</summary>
    private sealed class NoAudit : IAuditStore
    {
        public ValueTask EnqueueAsync(AuditEntry entry, CancellationToken cancellationToken = default) => default;

        public ValueTask<Task> AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default) => new(Task.CompletedTask);

        public Task<IReadOnlyList<AuditRecord>> QueryAsync(AuditFilter filter, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<AuditRecord>>([]);

        public Task<AuditVerification> VerifyAsync(string? expectedHead = null, CancellationToken cancellationToken = default) => Task.FromResult(new AuditVerification(0, null, "", ""));

        public Task<long> RetainAsync(AuditRetention retention, CancellationToken cancellationToken = default) => Task.FromResult(0L);

        public ValueTask DisposeAsync() => default;
    }
}
