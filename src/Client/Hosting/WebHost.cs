using System.Net.Sockets;
using ClawGrains.Client.Api;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Mcp;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Silo.Hosting;
using ClawGrains.Silo.Packages;
using ClawGrains.Silo.Reloading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Client.Hosting;

/// <summary>The host as a web server: silo, MCP, API and health in one process.</summary>
internal static class WebHost
{
    public static async Task<int> RunAsync(HostOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await ServeAsync(options, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop while it started, which is no failure either.
        }
        Console.Error.WriteLine("Stopped.");
        return CommandLine.Done;
    }

    private static async Task ServeAsync(HostOptions options, CancellationToken cancellationToken)
    {
        CheckAuth(options);
        Directory.CreateDirectory(options.Paths.DataDirectory);
        var status = new HostStatus(options.Paths, TimeProvider.System.GetUtcNow());
        await using var app = Build(options, status);
        await StartAsync(app, options, cancellationToken);
        var record = RecordOf(app, options, status);
        record.Write(options.Paths);
        try
        {
            await HostBanner.WriteAsync(app.Services, options, record, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
        }
        finally
        {
            File.Delete(options.Paths.HostRecord);
        }
    }

    /// <summary>The host, built but not started.</summary>
    public static WebApplication Build(HostOptions options, HostStatus status)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true)
            .SetMinimumLevel(options.Verbose ? LogLevel.Debug : LogLevel.Warning)
            // A failed start is told once, as the command's own error; the SDK logs a client's wrong request with a stack.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            // One line for each reload, so that who edits a skill sees it taken.
            .AddFilter("ClawGrains.Grains.Catalog", options.Verbose ? LogLevel.Debug : LogLevel.Information)
            .AddFilter("ModelContextProtocol", options.Verbose ? LogLevel.Debug : LogLevel.Critical);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseUrls($"http://{Bracketed(options.Address)}:{options.Port}");
        builder.AddClawGrainsSilo(new SiloOptions { DataDirectory = options.Paths.DataDirectory, Workspace = options.Paths.Workspace, EnablePlugins = options.EnablePlugins });
        builder.Services.AddSkillReloading();
        builder.Services.AddSingleton<TenantFrontEnds>();
        return Map(builder.Build(), options, status);
    }

    private static WebApplication Map(WebApplication app, HostOptions options, HostStatus status)
    {
        var grains = app.Services.GetRequiredService<IClusterClient>();
        var (store, plugins) = (app.Services.GetRequiredService<SkillStore>(), app.Services.GetRequiredService<PluginHost>());
        GrainConnection As(TenantId tenant) => new(grains, store, plugins, tenant);
        var http = new McpHttpOptions { Credentials = CredentialsOf(options) };
        app.UseApiAccess(http);
        var local = As(TenantId.Default);
        app.MapHealth(local);
        app.MapClawGrainsApi(As, status);
        app.MapPlugins(local.Plugins);
        app.MapCommands((tenant, by) => As(tenant).CommandsBy(by));
        app.MapClawGrainsMcp("/mcp", http, app.Services.GetRequiredService<TenantFrontEnds>().Of);
        return app;
    }

    private static McpCredential[] CredentialsOf(HostOptions options) => options.Auth == AuthMode.None
        ? []
        : [McpCredential.Of(TenantId.Default, BearerToken.LoadOrCreate(options.Paths.DataDirectory))];

    private static void CheckAuth(HostOptions options)
    {
        if (options.Auth == AuthMode.None && !options.IsLoopback)
            throw new HostStartException($"--auth none is for loopback addresses only, and {options.Address} is none: leave it out, or listen on 127.0.0.1.");
    }

    private static async Task StartAsync(WebApplication app, HostOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartWithSiloAsync(cancellationToken);
        }
        catch (Exception e) when (AddressProblem(e, options) is { } problem)
        {
            // The silo is up by then, and has to give up its grains before its services go.
            await app.StopAsync(CancellationToken.None);
            throw problem;
        }
    }

    private static HostStartException? AddressProblem(Exception e, HostOptions options) => e switch
    {
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => new HostStartException(
            $"Port {options.Port} on {options.Address} is in use. End what listens there, or choose another with --port N (0 takes a free one).", e),
        SocketException s => new HostStartException($"Can't listen on {options.Address} port {options.Port}: {s.Message}.", e),
        _ => null,
    };

    private static HostRecord RecordOf(WebApplication app, HostOptions options, HostStatus status) => new()
    {
        ProcessId = Environment.ProcessId,
        Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(),
        Workspace = options.Paths.Workspace,
        Version = ProductVersion.Text,
        StartedAt = status.StartedAt,
        NeedsToken = options.Auth == AuthMode.Token,
    };

    private static string Bracketed(string address) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
}
