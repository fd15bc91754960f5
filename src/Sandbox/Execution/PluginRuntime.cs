using System.Collections.Concurrent;
using System.Text;
using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Logging;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Execution;

/// <summary>
/// Runs plugins of <c>clawft:plugin@0.1.0</c>. Every call gets a store of its own with its own fuel, memory and clock,
/// off the caller's thread; compiled code is shared by content. Safe for any number of threads. One per process.
/// </summary>
public sealed class PluginRuntime : IDisposable
{
    private static readonly string[] Interfaces = ["plugin#", "clawft:plugin/plugin@0.1.0#", ""];

    private readonly PluginRuntimeOptions _options;
    private readonly Engine _engine = new(new EngineOptions { Metering = true });
    private readonly ComponentLinker _linker = new();
    private readonly GuardedHttp _http;
    private readonly ConcurrentDictionary<string, Component> _components = new();
    private readonly ConcurrentDictionary<(TenantId, PluginId), ConcurrencyGate> _gates = new();
    private readonly SemaphoreSlim _running;
    private readonly MinuteBudget _httpBudget;
    private readonly MinuteBudget _logBudget;

    /// <param name="options">What plugins run with.</param>
    public PluginRuntime(PluginRuntimeOptions options)
    {
        _options = options;
        _http = new GuardedHttp(options.Http);
        _running = new SemaphoreSlim(options.MaxRunning);
        (_httpBudget, _logBudget) = (new MinuteBudget(options.Time), new MinuteBudget(options.Time));
        new HostInterface(_http, new GuardedLog(options.Log)).AddTo(_linker);
    }

    /// <summary>Runs a tool of a plugin once.</summary>
    /// <param name="plugin">The version to run.</param>
    /// <param name="tenant">Whose call it is.</param>
    /// <param name="call">The tool's name and its parameters as JSON.</param>
    /// <param name="cancellationToken">Ends the guest too; the outcome is then an error of kind Cancelled.</param>
    public Task<PluginOutcome> ExecuteToolAsync(RunnablePlugin plugin, TenantId tenant, (string Tool, string Json) call, CancellationToken cancellationToken = default) =>
        RunAsync(plugin, tenant, call, cancellationToken);

    /// <summary>What the plugin says of itself: JSON with name, version and tools.</summary>
    public Task<PluginOutcome> DescribeAsync(RunnablePlugin plugin, TenantId tenant, CancellationToken cancellationToken = default) =>
        RunAsync(plugin, tenant, null, cancellationToken);

    /// <summary>Loads and compiles a component, or says why it can't run here; every missing import is in the one message.</summary>
    public PluginError? Check(RunnablePlugin plugin)
    {
        try
        {
            Load(plugin);
            return null;
        }
        catch (Exception e) when (Endings.Of(e, plugin.Manifest.Limits, false) is not null)
        {
            return Endings.Of(e, plugin.Manifest.Limits, false);
        }
    }

    /// <summary>Decodes and validates a component with the engine that will run it.</summary>
    /// <exception cref="ComponentException">It is none, or not valid.</exception>
    public Component Load(ReadOnlyMemory<byte> component) => Component.Load(_engine, component);

    /// <summary>Lets go of a component's compiled code.</summary>
    public void Forget(string hash) => _components.TryRemove(hash, out _);

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _engine.Dispose();
        _running.Dispose();
        foreach (var gate in _gates.Values) gate.Dispose();
    }

    private async Task<PluginOutcome> RunAsync(RunnablePlugin plugin, TenantId tenant, (string Tool, string Json)? call, CancellationToken cancellationToken)
    {
        var limits = plugin.Manifest.Limits.Within(_options.Ceilings);
        if (call is { } c && Encoding.UTF8.GetByteCount(c.Json) > limits.ValueBytes)
            return Refused(ExhaustedResource.Size, $"parameters larger than {limits.ValueBytes} bytes");
        var gate = _gates.GetOrAdd((tenant, plugin.Manifest.Id), _ => new ConcurrencyGate(limits.Concurrency, limits.QueueLength));
        try
        {
            using var place = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
            if (place is null) return Refused(ExhaustedResource.Rate, $"{limits.Concurrency} calls of the plugin run and {limits.QueueLength} wait: try again later");
            await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var scope = await ScopeAsync(plugin, tenant, limits, cancellationToken).ConfigureAwait(false);
                // A thread of its own: a guest that never yields would hold one of the pool's, on which time-outs and cancellation run.
                return await Task.Factory.StartNew(() => Run(plugin, scope, call, cancellationToken),
                    CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            }
            finally
            {
                _running.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new PluginOutcome { Error = new PluginError(PluginErrorKind.Cancelled, "the caller cancelled") };
        }
    }

    private static PluginOutcome Refused(ExhaustedResource resource, string message) =>
        new() { Error = new PluginError(PluginErrorKind.ResourceExhausted, $"resource exhausted: {message}", resource) };

    private async Task<CallScope> ScopeAsync(RunnablePlugin plugin, TenantId tenant, PluginLimits limits, CancellationToken cancellationToken)
    {
        var secrets = new List<string>();
        foreach (var binding in plugin.Approved.Credentials)
            if (await _options.Secrets.GetAsync(tenant, binding.Secret, cancellationToken).ConfigureAwait(false) is { } value) secrets.Add(value);
        return new CallScope
        {
            Tenant = tenant,
            Plugin = plugin.Manifest.Id,
            Version = plugin.Manifest.Version,
            CallId = Guid.CreateVersion7(_options.Time.GetUtcNow()).ToString("n"),
            Permissions = plugin.Approved,
            Limits = limits,
            Workspace = _options.Workspace(tenant),
            HttpBudget = _httpBudget,
            LogBudget = _logBudget,
            SecretSource = _options.Secrets,
            Secrets = secrets.Count == 0 ? SecretScanner.None : new SecretScanner(secrets),
        };
    }

    private PluginOutcome Run(RunnablePlugin plugin, CallScope scope, (string Tool, string Json)? call, CancellationToken cancellationToken)
    {
        var start = _options.Time.GetTimestamp();
        using var deadline = new CancellationTokenSource(scope.Limits.Time, _options.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var limits = scope.Limits;
        using var store = new Store(_engine, new StoreLimits
        {
            MemoryBytes = (long)limits.MemoryMegabytes << 20,
            TableElements = limits.TableElements,
            Instances = 64,
            Memories = 16,
            Tables = 64,
            TrapOnGrowthFailure = true,
        }) { Fuel = limits.Fuel };
        using var interrupt = ending.Token.UnsafeRegister(static s => ((Store)s!).Interrupt("time"), store);
        PluginOutcome outcome;
        try
        {
            outcome = Call(Load(plugin), store, new HostSession(_options, scope, ending.Token), call);
        }
        catch (Exception e) when (Endings.Of(e, limits, cancellationToken.IsCancellationRequested) is not null)
        {
            outcome = new PluginOutcome { Error = Endings.Of(e, limits, cancellationToken.IsCancellationRequested) };
        }
        outcome = outcome with { FuelUsed = limits.Fuel - store.Fuel, Duration = _options.Time.GetElapsedTime(start) };
        if (call is { } c) Record(scope, c.Tool, outcome);
        return outcome;
    }

    private PluginOutcome Call(Component component, Store store, HostSession session, (string Tool, string Json)? call)
    {
        using var instance = _linker.Instantiate(component, store, session);
        if (Find(instance, "init")?.Call() is { IsOk: false } refusal)
            return new PluginOutcome { ToolError = session.Scope.Secrets.Clean($"init failed: {refusal.CasePayload?.AsString()}") };
        var function = Find(instance, call is null ? "describe" : "execute-tool");
        if (function is null) return new PluginOutcome { Error = new PluginError(PluginErrorKind.Incompatible, $"the component exports no {(call is null ? "describe" : "execute-tool")}; it exports {string.Join(", ", instance.Functions)}") };
        if (call is not { } c) return Answer(session, function.Call()!.Value.AsString(), failed: false);
        var result = function.Call(ComponentValue.String(c.Tool), ComponentValue.String(c.Json))!.Value;
        return Answer(session, result.CasePayload!.Value.AsString(), !result.IsOk);
    }

    private static PluginOutcome Answer(HostSession session, string text, bool failed)
    {
        var limit = session.Scope.Limits.ValueBytes;
        if (Encoding.UTF8.GetByteCount(text) > limit) return Refused(ExhaustedResource.Size, $"result larger than {limit} bytes");
        text = session.Scope.Secrets.Clean(text);
        return failed ? new PluginOutcome { ToolError = text } : new PluginOutcome { Result = text };
    }

    private static ComponentFunction? Find(ComponentInstance instance, string name) =>
        Interfaces.Select(i => instance.FindFunction(i + name)).FirstOrDefault(f => f is not null);

    private Component Load(RunnablePlugin plugin) =>
        _components.GetOrAdd(plugin.Hash, static (_, a) => Component.Load(a._engine, a.plugin.Component), (_engine, plugin));

    private void Record(CallScope scope, string tool, PluginOutcome outcome)
    {
        var queued = _options.Audit.AppendAsync(new AuditEntry
        {
            Time = _options.Time.GetUtcNow(),
            Tenant = scope.Tenant,
            Plugin = scope.Plugin.Value,
            Version = scope.Version.ToString(),
            Function = "execute-tool",
            Arguments = AuditText.Summarize(tool),
            Allowed = true,
            Reason = outcome.Error?.Code ?? (outcome.ToolError is null ? "" : "tool error"),
            Duration = outcome.Duration,
            CallId = scope.CallId,
        });
        if (!queued.IsCompletedSuccessfully) _ = HostSession.Await(queued.AsTask());
    }
}
