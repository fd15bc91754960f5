using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Environment;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Logging;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Scheduling;
using ClawGrains.Sandbox.State;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Sandbox.Tests.Support;

/// <summary>A host with a workspace, an audit and real guests, for tests that attack from inside the sandbox.</summary>
internal sealed class Host : IAsyncDisposable, ISecretSource
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Lazy<PluginRuntime> _runtime;

    public Host()
    {
        Workspace = Path.Combine(_directory.Path, "workspace");
        Directory.CreateDirectory(Workspace);
        Audit = SqliteAuditStore.Open(Path.Combine(_directory.Path, "audit.db"), TimeProvider.System);
        State = SqliteStateStore.Open(Path.Combine(_directory.Path, "state.db"));
        _runtime = new(() => new PluginRuntime(new PluginRuntimeOptions
        {
            State = State,
            Tools = (call, cancellation) => Tools(call, cancellation),
            Scheduling = Scheduling,
            WarmInstances = WarmInstances,
            Ceilings = Ceilings,
            Audit = Audit,
            Workspace = _ => Workspace,
            Log = Lines.Enqueue,
            Time = Time,
            Secrets = this,
            Environment = new GuardedEnvironment(name => Variables.GetValueOrDefault(name)),
            Http = new GuardedHttpOptions { Resolver = Resolve, PermittedPrivate = PermittedPrivate, CredentialsWithoutTls = true },
        }));
    }

    public string Workspace { get; }

    public string Outside => _directory.Path;

    public SqliteAuditStore Audit { get; }

    public SqliteStateStore State { get; }

    public HostToolCaller Tools { get; set; } = (call, _) => Task.FromResult(HostResult<string>.Failed(PluginErrorKind.NotFound, $"no tool {call.Name}"));

    public SchedulerLimits Scheduling { get; init; } = new();

    public int WarmInstances { get; init; } = 16;

    public LimitCeilings Ceilings { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public List<IPEndPoint> PermittedPrivate { get; } = [];

    public HostResolver Resolve { get; init; } = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    public Dictionary<string, string> Variables { get; } = [];

    public Dictionary<string, string> SecretValues { get; } = [];

    public ConcurrentQueue<GuestLogLine> Lines { get; } = new();

    public PluginRuntime Runtime => _runtime.Value;

    public static RunnablePlugin Plugin(PluginPermissions? permissions = null, PluginLimits? limits = null, string guest = "probe", string id = "probe") =>
        RunnablePlugin.Of(
            new PluginManifest { Id = new PluginId(id), Name = id, Version = new PluginVersion(1, 0, 0), Limits = limits ?? PluginLimits.Default },
            Guest(guest), permissions ?? PluginPermissions.None);

    public static byte[] Guest(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Guests", $"{name}.wasm"));

    public Task<PluginOutcome> Run(RunnablePlugin plugin, string tool, object? parameters = null, CancellationToken cancellation = default) =>
        Runtime.ExecuteToolAsync(plugin, TenantId.Default, (tool, JsonSerializer.Serialize(parameters ?? new { })), cancellation);

    public Task<PluginOutcome> RunAs(string tenant, RunnablePlugin plugin, string tool, object? parameters = null) =>
        Runtime.ExecuteToolAsync(plugin, TenantId.Parse(tenant), (tool, JsonSerializer.Serialize(parameters ?? new { })));

    /// <summary>The same with characters beyond ASCII as they are: the guests read no escapes of more than a byte.</summary>
    public Task<PluginOutcome> RunRaw(RunnablePlugin plugin, string tool, params (string Name, string Value)[] parameters) =>
        Runtime.ExecuteToolAsync(plugin, TenantId.Default, (tool, $"{{{string.Join(',', parameters.Select(p => $"\"{p.Name}\":\"{Raw(p.Value)}\""))}}}"));

    private static string Raw(string text) => string.Concat(text.Select(c => c is < ' ' or '"' or '\\' ? $"\\u{(int)c:x4}" : $"{c}"));

    public Task<PluginOutcome> Get(PluginPermissions permissions, string url) => Run(Plugin(permissions), "http", new { url });

    public async Task<AuditEntry[]> Entries(string function) =>
        [.. (await Audit.QueryAsync(new AuditFilter { Function = function })).Select(r => r.Entry)];

    public ValueTask<string?> GetAsync(TenantId tenant, string name, CancellationToken cancellationToken) => new(SecretValues.GetValueOrDefault(name));

    public async ValueTask DisposeAsync()
    {
        if (_runtime.IsValueCreated) Runtime.Dispose();
        await Audit.DisposeAsync();
        await State.DisposeAsync();
        _directory.Dispose();
    }
}
