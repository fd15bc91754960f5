using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ClawGrains.Components;
using ClawGrains.Components.Wasi;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Hooks;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Logging;
using ClawGrains.Sandbox.Providers;
using ClawGrains.Sandbox.Scheduling;
using ClawGrains.Sandbox.State;
using ClawGrains.Sandbox.Tools;
using ClawGrains.Sandbox.Wasi;
using ClawGrains.Sandbox.ZeroClaw;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Execution;

/// <summary>
/// Runs plugins. Every call gets an instance in the state of a new one, with its own fuel, memory and clock; within the
/// caller's turn a quick plugin gets a slice of fuel, and no other anything. Compiled code is shared by content. Safe for any number of threads. One per process.
/// </summary>
public sealed class PluginRuntime : IDisposable
{
    private readonly GuardedHttp _http;
    private readonly ConcurrentDictionary<string, LoadedPlugin> _loaded = new();
    private readonly ConditionalWeakTable<RunnablePlugin, PreparedPlugin> _prepared = [];
    private readonly GuestScheduler _scheduler;
    private readonly MinuteBudget _httpBudget;
    private readonly MinuteBudget _logBudget;
    private readonly CallIds _ids = new();

    /// <param name="options">What plugins run with.</param>
    public PluginRuntime(PluginRuntimeOptions options)
    {
        Options = options;
        _http = new GuardedHttp(options.Http);
        _scheduler = new GuestScheduler(options.Scheduling);
        Warm = new WarmGuests(options.WarmInstances);
        (_httpBudget, _logBudget) = (new MinuteBudget(options.Time), new MinuteBudget(options.Time));
        var log = new GuardedLog(options.Log);
        new HostInterface(_http, log).AddTo(Linker);
        new StateInterface(new GuardedState(options.State)).AddTo(Linker);
        new ToolsInterface(options.Tools).AddTo(Linker);
        ChatSink.AddTo(Linker);
        new ZeroClawInterfaces(log).AddTo(Linker);
        MakeWasi = session => new WasiSession(session, _http, log);
        WasiHost.AddTo(Linker, WasiSession.Enter);
    }

    internal PluginRuntimeOptions Options { get; }

    internal Engine Engine { get; } = new(new EngineOptions { Metering = true });

    internal ComponentLinker Linker { get; } = new();

    internal WarmGuests Warm { get; }

    internal Func<HostSession, WasiSession> MakeWasi { get; }

    /// <summary>Threads that are kept for guests.</summary>
    internal int Threads => _scheduler.Threads;

    /// <summary>Runs a tool of a plugin once.</summary>
    /// <param name="plugin">The version to run.</param>
    /// <param name="tenant">Whose call it is.</param>
    /// <param name="call">The tool's name and its parameters as JSON.</param>
    /// <param name="cancellationToken">Ends the guest too; the outcome is then an error of kind Cancelled.</param>
    public Task<PluginOutcome> ExecuteToolAsync(RunnablePlugin plugin, TenantId tenant, (string Tool, string Json) call, CancellationToken cancellationToken = default) =>
        RunAsync(plugin, tenant, new ToolWork(call.Tool, call.Json), cancellationToken);

    /// <summary>What the plugin says of itself: JSON with name, version and tools.</summary>
    public Task<PluginOutcome> DescribeAsync(RunnablePlugin plugin, TenantId tenant, CancellationToken cancellationToken = default) =>
        RunAsync(plugin, tenant, new DescribeWork(), cancellationToken);

    /// <summary>Asks a hook plugin what it wants to be told.</summary>
    public async Task<HookSubscriptions> HookSubscriptionsAsync(RunnablePlugin plugin, TenantId tenant, CancellationToken cancellationToken = default) =>
        HookSubscriptions.Of(await RunAsync(plugin, tenant, new HookWork(), cancellationToken).ConfigureAwait(false));

    /// <summary>Tells a hook plugin of an event. Whatever goes wrong is in the outcome, whose decision is then to proceed.</summary>
    public async Task<HookOutcome> HandleHookAsync(RunnablePlugin plugin, TenantId tenant, HookEvent happening, CancellationToken cancellationToken = default) =>
        HookOutcome.Of(await RunAsync(plugin, tenant, new HookWork(happening), cancellationToken).ConfigureAwait(false));

    /// <summary>The models of a provider plugin.</summary>
    public async Task<ChatModels> ListModelsAsync(RunnablePlugin plugin, TenantId tenant, CancellationToken cancellationToken = default) =>
        ChatModels.Of(await RunAsync(plugin, tenant, new ChatWork(), cancellationToken).ConfigureAwait(false));

    /// <summary>Has a provider plugin answer a chat.</summary>
    /// <param name="plugin">The version to run.</param>
    /// <param name="tenant">Whose call it is.</param>
    /// <param name="request">The chat.</param>
    /// <param name="sink">Takes the answer's text piece by piece, on the guest's thread; false ends it. Null has the answer as a whole.</param>
    /// <param name="cancellationToken">Ends the guest too.</param>
    public async Task<ChatOutcome> ChatAsync(RunnablePlugin plugin, TenantId tenant, ChatRequest request, Func<string, bool>? sink = null, CancellationToken cancellationToken = default) =>
        ChatOutcome.Of(await RunAsync(plugin, tenant, new ChatWork(request, sink), cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// The tools of a plugin: those that it tells of, or one for each exported function. An instance that tells them runs
    /// within the plugin's limits.
    /// </summary>
    /// <exception cref="PluginException">It can't run here, or what it tells is not fit.</exception>
    public async Task<ImmutableArray<ToolDefinition>> GetToolsAsync(RunnablePlugin plugin, TenantId tenant, CancellationToken cancellationToken = default)
    {
        var work = new ListToolsWork();
        var outcome = await RunAsync(plugin, tenant, work, cancellationToken).ConfigureAwait(false);
        if (outcome.Error is { } error) throw new PluginException(error);
        return outcome.ToolError is { } refusal ? throw ToolDescription.Bad(refusal) : work.Tools;
    }

    /// <summary>Loads and compiles a component, or says why it can't run here; every missing import is in the one message.</summary>
    public PluginError? Check(RunnablePlugin plugin)
    {
        try
        {
            _ = Loaded(plugin).Component;
            return null;
        }
        catch (Exception e) when (Endings.Of(e, plugin.Manifest.Limits, false) is not null)
        {
            return Endings.Of(e, plugin.Manifest.Limits, false);
        }
    }

    /// <summary>Decodes and validates a component with the engine that will run it.</summary>
    /// <exception cref="ComponentException">It is none, or not valid.</exception>
    public Component Load(ReadOnlyMemory<byte> component) => Component.Load(Engine, component);

    /// <summary>Lets go of a component's compiled code and its kept instances.</summary>
    public void Forget(string hash)
    {
        if (!_loaded.TryRemove(hash, out var gone)) return;
        _prepared.Clear();
        Warm.Forget(gone);
    }

    /// <summary>Ends every guest, then lets go of all that they ran on.</summary>
    public void Dispose()
    {
        _scheduler.Dispose();
        Warm.Dispose();
        _http.Dispose();
        Engine.Dispose();
    }

    internal LoadedPlugin Loaded(RunnablePlugin plugin) =>
        _loaded.GetOrAdd(plugin.Hash, static (_, a) => new LoadedPlugin(a.This.Engine, a.plugin.Component, a.This.Options.Scheduling.InlineFuel), (This: this, plugin));

    private PreparedPlugin Prepared(RunnablePlugin plugin) => _prepared.TryGetValue(plugin, out var known) ? known : _prepared.GetValue(
        plugin, p => new PreparedPlugin(Loaded(p), p.Manifest.Limits.Within(Options.Ceilings), p.Manifest.Version.ToString()));

    private Task<PluginOutcome> RunAsync(RunnablePlugin plugin, TenantId tenant, GuestWork work, CancellationToken cancellationToken)
    {
        var prepared = Prepared(plugin);
        var limits = prepared.Limits;
        if (CallChain.WhyNot(plugin.Manifest.Id) is { } circle) return Task.FromResult(GuestWork.Refused(ExhaustedResource.Rate, circle));
        if (work.InputBytes > limits.ValueBytes) return Task.FromResult(GuestWork.Refused(ExhaustedResource.Size, $"parameters larger than {limits.ValueBytes} bytes"));
        return plugin.Approved.Credentials.IsEmpty
            ? Submit(prepared, Scope(plugin, tenant, limits, SecretScanner.None), work, cancellationToken)
            : RunWithSecretsAsync((plugin, prepared), tenant, work, cancellationToken);
    }

    private async Task<PluginOutcome> RunWithSecretsAsync((RunnablePlugin Plugin, PreparedPlugin Prepared) version, TenantId tenant, GuestWork work, CancellationToken cancellationToken)
    {
        var secrets = new List<string>();
        foreach (var binding in version.Plugin.Approved.Credentials)
            if (await Options.Secrets.GetAsync(tenant, binding.Secret, cancellationToken).ConfigureAwait(false) is { } value) secrets.Add(value);
        return await Submit(version.Prepared, Scope(version.Plugin, tenant, version.Prepared.Limits, version.Prepared.ScannerOf(secrets)), work, cancellationToken).ConfigureAwait(false);
    }

    private Task<PluginOutcome> Submit(PreparedPlugin plugin, CallScope scope, GuestWork work, CancellationToken cancellationToken)
    {
        var call = new GuestCall(this, plugin, scope, work)
        {
            Tenant = scope.Tenant,
            Plugin = scope.Plugin,
            Concurrency = scope.Limits.Concurrency,
            QueueLength = scope.Limits.QueueLength,
            Cancellation = cancellationToken,
        };
        if (plugin.Loaded.Pace.IsQuick && RunHere(call) is { } ended) return ended;
        return _scheduler.TrySubmit(call) is { } refusal ? Task.FromResult(GuestWork.Refused(ExhaustedResource.Rate, refusal)) : call.Task;
    }

    private Task<PluginOutcome>? RunHere(GuestCall call)
    {
        if (!_scheduler.TryEnter(call)) return null;
        try
        {
            return call.TryRunHere(Options.Scheduling.InlineFuel);
        }
        finally
        {
            _scheduler.Leave(call);
        }
    }

    private CallScope Scope(RunnablePlugin plugin, TenantId tenant, PluginLimits limits, SecretScanner secrets) => new()
    {
        Tenant = tenant,
        Plugin = plugin.Manifest.Id,
        Version = plugin.Manifest.Version,
        CallId = _ids.Next(Options.Time.GetUtcNow()),
        Permissions = plugin.Approved,
        Limits = limits,
        Workspace = Options.Workspace(tenant),
        HttpBudget = _httpBudget,
        LogBudget = _logBudget,
        SecretSource = Options.Secrets,
        Chain = CallChain.Current,
        Secrets = secrets,
    };
}
