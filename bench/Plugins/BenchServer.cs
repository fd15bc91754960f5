using ClawGrains.Client.Connection;
using ClawGrains.Client.Mcp;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Client.Mcp.PluginFeatures;
using ClawGrains.Client.Mcp.Sessions;
using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Client.Bench;

/// <summary>A host with the sample plugin and, on the same endpoint, a tool without a sandbox.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private const string Arguments = """{"text":"one two three"}""";
    private readonly WebApplication _app;
    private readonly McpFrontEnd _frontEnd;
    private readonly string _directory;
    private readonly IPluginGrain _plugin;
    private readonly PluginRuntime _runtime;
    private readonly RunnablePlugin _program;

    private BenchServer(WebApplication app, McpFrontEnd frontEnd, string directory, RunnablePlugin program)
    {
        (_app, _frontEnd, _directory, _program) = (app, frontEnd, directory, program);
        _plugin = app.Services.GetRequiredService<IClusterClient>().GetGrain<IPluginGrain>("default/text-tools");
        _runtime = app.Services.GetRequiredService<PluginHost>().Runtime;
    }

    public Uri Url => new($"{_app.Urls.First()}/mcp");

    public static async Task<BenchServer> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("clawgrains-bench-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddClawGrainsSilo(new SiloOptions { DataDirectory = directory, Workspace = directory, EnablePlugins = true, Ephemeral = true });
        var app = builder.Build();
        var frontEnd = new McpFrontEnd([new PlainSource(app.Services.GetRequiredService<IGrainFactory>()), PluginFeatureSource.Of(app.Services.GetRequiredService<IClusterClient>(), TenantId.Default)],
            new McpOptions(), app.Services.GetRequiredService<ILoggerFactory>());
        app.MapClawGrainsMcp("/mcp", new McpHttpOptions(), _ => frontEnd);
        await app.StartWithSiloAsync(CancellationToken.None);
        var plugins = new GrainPluginConnection(app.Services.GetRequiredService<IClusterClient>(), app.Services.GetRequiredService<PluginHost>(), TenantId.Default);
        // The sample's own manifest, with room for many callers at once.
        var sample = Path.Combine(FindRoot(), "samples", "plugins", "assemblyscript");
        var package = Directory.CreateDirectory(Path.Combine(directory, "package")).FullName;
        File.Copy(Path.Combine(sample, "plugin.wasm"), Path.Combine(package, "plugin.wasm"));
        await File.WriteAllTextAsync(Path.Combine(package, "clawgrains.plugin.json"), """{"id":"text-tools","name":"Text tools","version":"1.0.0","resources":{"max_concurrency":64}}""");
        await plugins.InstallAsync(new Api.PluginInstallRequest(package), CancellationToken.None);
        var manifests = await app.Services.GetRequiredService<PluginHost>().ManifestsAsync();
        var manifest = manifests.Read("clawgrains.plugin.json", await File.ReadAllBytesAsync(Path.Combine(package, "clawgrains.plugin.json"))).Manifest!;
        return new BenchServer(app, frontEnd, directory, RunnablePlugin.Of(manifest, await File.ReadAllBytesAsync(Path.Combine(package, "plugin.wasm")), manifest.Permissions));
    }

    public async Task CallGrainAsync()
    {
        var answer = await _plugin.CallToolAsync("echo", Arguments);
        if (answer.Result is null) throw new InvalidOperationException($"the call failed: {answer}");
    }

    public async Task CallRuntimeAsync()
    {
        var answer = await _runtime.ExecuteToolAsync(_program, TenantId.Default, ("echo", Arguments));
        if (answer.Result is null) throw new InvalidOperationException($"the call failed: {answer}");
    }

    public async Task<string> VerifyAsync()
    {
        var check = await _app.Services.GetRequiredService<PluginHost>().Audit.VerifyAsync();
        return $"audit: {check.Records:N0} records, {(check.IsIntact ? "intact" : check.Reason)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _frontEnd.DisposeAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string FindRoot()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "ClawGrains.sln"))) return d.FullName;
        throw new InvalidOperationException("Run it inside the repository.");
    }
}
