using System.Collections.Concurrent;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace ClawGrains.Grains.Tests;

/// <summary>A silo with the grains of the catalog over a directory of its own.</summary>
internal sealed class CatalogCluster : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly InProcessTestCluster _cluster;

    private CatalogCluster(InProcessTestCluster cluster, TemporaryDirectory home, LogLines log) => (_cluster, Home, Log) = (cluster, home, log);

    public TemporaryDirectory Home { get; }

    public LogLines Log { get; }

    public IGrainFactory Grains => _cluster.Client;

    public ICatalogGrain Catalog => Grains.GetGrain<ICatalogGrain>(GrainKeys.Of(TenantId.Default));

    public static async Task<CatalogCluster> StartAsync(Action<IServiceCollection>? configure = null, Func<CatalogOptions, CatalogOptions>? options = null)
    {
        var (home, log) = (new TemporaryDirectory(), new LogLines());
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        var catalog = new CatalogOptions
        {
            Workspace = Path.Combine(home.Path, "work"), DataDirectory = Path.Combine(home.Path, "data"), BundledDirectory = Path.Combine(home.Path, "bundled"),
        };
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage(StorageNames.Default).AddMemoryGrainStorage("PubSubStore").AddMemoryStreams(StreamNames.Provider);
            configure?.Invoke(silo.Services);
            silo.Services.AddSingleton<ILoggerProvider>(log);
            silo.Services.AddClawGrains(options?.Invoke(catalog) ?? catalog);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new CatalogCluster(cluster, home, log);
    }

    public ISkillGrain Skill(string name) => Grains.GetGrain<ISkillGrain>(GrainKeys.Of(TenantId.Default, name));

    public string PathOf(string folder) => Path.Combine(Home.Path, "work/skills", folder, "SKILL.md");

    public void Write(string folder, string body, string? name = null) =>
        Home.WriteSkill($"work/skills/{folder}", name ?? folder, "A skill of a test.", body);

    public async Task<string?> BodyOfAsync(string name) => (await Catalog.GetSkillAsync(name))?.Body.Trim();

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Home.Dispose();
    }
}

/// <summary>Remembers the warnings of the catalog.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string[] Warnings => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName.StartsWith("ClawGrains.Grains.Catalog", StringComparison.Ordinal) ? _lines : null);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string>? lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines?.Enqueue(formatter(state, exception));
        }
    }
}
