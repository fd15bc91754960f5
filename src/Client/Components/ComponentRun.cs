using System.Text.Json;
using ClawGrains.Client.Wasm;
using ClawGrains.Components;
using ClawGrains.Components.Wasi;
using ClawGrains.Wasm;

namespace ClawGrains.Client.Components;

/// <summary>Runs one call of a component in an engine of its own and turns every outcome into a report.</summary>
internal static class ComponentRun
{
    /// <summary>What a shell says of a program that aborted, and other runtimes of one that trapped.</summary>
    public const int Aborted = 134;

    private const string HttpHandler = "wasi:http/incoming-handler";
    private const int StackBytes = 256 << 20;
    private const int CallDepth = 200_000;

    /// <summary>On a thread whose stack has room for deep recursion, as native programs have.</summary>
    public static Task<ComponentReport> RunAsync(ComponentCall call, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<ComponentReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    done.SetResult(Run(call, cancellationToken));
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            },
            StackBytes) { IsBackground = true, Name = "guest" };
        thread.Start();
        return done.Task;
    }

    public static ComponentReport Run(ComponentCall call, CancellationToken cancellationToken)
    {
        using var engine = new Engine(new EngineOptions { Metering = call.Fuel is not null, CacheBytes = 0 });
        using var store = new Store(engine, Limits(call)) { Fuel = call.Fuel ?? long.MaxValue };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var cancelled = cancellationToken.Register(() => store.Interrupt("cancelled"));
        using var timer = call.Timeout is { } timeout ? store.InterruptAfter(timeout) : null;
        if (call.Timeout is { } limit) stop.CancelAfter(limit);
        using var network = new GuestNetwork(call.Network);
        var report = Outcome(store, call with { Wasi = call.Wasi with { Cancellation = stop.Token, Http = network.SendAsync } }, cancellationToken);
        return report with { FuelUsed = call.Fuel - store.Fuel, Refused = network.Refused is [_, ..] refused ? refused : null };
    }

    private static StoreLimits Limits(ComponentCall call)
    {
        var limits = StoreLimits.Default with { CallDepth = CallDepth };
        return call.Memory is { } bytes ? limits with { MemoryBytes = bytes } : limits;
    }

    private static ComponentReport Outcome(Store store, ComponentCall call, CancellationToken cancellationToken)
    {
        try
        {
            var component = Component.Load(store.Engine, call.Component);
            return call.Invoke is null ? RunCommand(component, store, call) : Invoke(component, store, call);
        }
        catch (ComponentException e)
        {
            return ComponentReport.Failure(ComponentErrors.Describe(e));
        }
        catch (ComponentTrapException e)
        {
            var kind = e.CoreKind is { } k ? JsonNamingPolicy.CamelCase.ConvertName(k.ToString()) : null;
            return ComponentReport.Failure(new RunError("trap", $"trap: {e.Message}", kind)) with { ExitCode = call.Invoke is null ? Aborted : null };
        }
        catch (OperationCanceledException)
        {
            var why = call.Timeout is { } t && !cancellationToken.IsCancellationRequested ? $"no end within {t.TotalSeconds:0.###} s" : "cancelled";
            return ComponentReport.Failure(new RunError("trap", $"trap: interrupted: {why}", RunError.Interrupted)) with { ExitCode = call.Invoke is null ? Aborted : null };
        }
        catch (Exception e) when (e is DirectoryNotFoundException or PlatformNotSupportedException)
        {
            return ComponentReport.Failure(new RunError("usage", e.Message));
        }
    }

    private static ComponentReport RunCommand(Component component, Store store, ComponentCall call)
    {
        if (!Exports(component, "wasi:cli/run")) return ComponentReport.Failure(new RunError("usage", NoCommand(component)));
        return new ComponentReport { ExitCode = WasiCommand.Run(component, call.Wasi, store: store) };
    }

    private static bool Exports(Component component, string name) =>
        component.Exports.Any(e => e == name || e.StartsWith(name + "@", StringComparison.Ordinal));

    private static string NoCommand(Component component) => Exports(component, HttpHandler)
        ? $"the component serves HTTP (it exports {HttpHandler}), which claw has no server for: what can be run is commands (wasi:cli/run), and functions with --invoke; {Offers(component)}"
        : $"the component is no command (it exports no wasi:cli/run): call a function with --invoke; {Offers(component)}";

    private static ComponentReport Invoke(Component component, Store store, ComponentCall call)
    {
        using var context = new WasiContext(call.Wasi);
        try
        {
            using var instance = WasiHost.AddTo(new ComponentLinker { MissingImportsTrap = true }).Instantiate(component, store, context);
            var (name, arguments) = ComponentInstance.SplitCall(call.Invoke!);
            if (Find(instance, name) is not { } function)
                return ComponentReport.Failure(new RunError("usage", $"the component exports no function '{name}'{Meant(name, instance)}: {Offers(component)}"));
            if (function.Name.StartsWith(HttpHandler, StringComparison.Ordinal)) return ComponentReport.Failure(new RunError("usage", NoCommand(component)));
            var values = call.Invoke!.Contains('(', StringComparison.Ordinal) ? function.ReadArguments(arguments) : function.ReadArguments(call.Arguments);
            var result = function.Call(values);
            return new ComponentReport { Results = result is { } value ? [Value(function, value, call.Json)] : [] };
        }
        catch (WasiExitException exit)
        {
            return new ComponentReport { ExitCode = exit.Code };
        }
    }

    private static ComponentResult Value(ComponentFunction function, ComponentValue value, bool json) => new(
        function.FunctionType.ResultType!, value, json && function.FunctionType.HasJsonForm ? value.ToJson() : null);

    /// <summary>A function's bare name will do where only one exported interface has it.</summary>
    private static ComponentFunction? Find(ComponentInstance instance, string name)
    {
        if (instance.FindFunction(name) is { } exact) return exact;
        var inside = instance.Functions.Where(f => f.EndsWith($"#{name}", StringComparison.Ordinal)).ToArray();
        return inside is [var only] ? instance.FindFunction(only) : null;
    }

    private static string Meant(string name, ComponentInstance instance)
    {
        var names = instance.Functions.Concat(instance.Functions.Select(f => f[(f.LastIndexOf('#') + 1)..])).Distinct().ToArray();
        return NearNames.Find(name, names) is { } meant ? $" (did you mean '{meant}'?)" : "";
    }

    private static string Offers(Component component)
    {
        var functions = component.Functions.Where(f => f.HasJsonForm).Select(f => $"\n  {f.Name}: {f}").ToArray();
        return functions.Length == 0 ? "it has no function that can be called so" : $"it has{string.Concat(functions)}";
    }
}
