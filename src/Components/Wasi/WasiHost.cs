using ClawGrains.Components.Wasi.Filesystem;
using ClawGrains.Components.Wasi.Http;
using ClawGrains.Components.Wasi.Io;

namespace ClawGrains.Components.Wasi;

/// <summary>WASI 0.2 for a linker: cli, clocks, filesystem, io, random and http; sockets are present and refuse.</summary>
public static class WasiHost
{
    /// <summary>The version under which the interfaces are offered; it serves every 0.2.x.</summary>
    public const string Version = "0.2.12";

    /// <summary>Offers WASI to instances whose data is a <see cref="WasiContext"/>.</summary>
    public static ComponentLinker AddTo(ComponentLinker linker) =>
        AddTo(linker, call => call.Data as WasiContext ?? throw new InvalidOperationException($"The instance needs a {nameof(WasiContext)} as its data."));

    /// <summary>Offers WASI to instances whose context <paramref name="context"/> finds.</summary>
    public static ComponentLinker AddTo(ComponentLinker linker, Func<HostCall, WasiContext> context)
    {
        var wasi = new WasiLinker(linker, context);
        IoHost.Add(wasi);
        CliHost.Add(wasi);
        ClocksHost.Add(wasi);
        RandomHost.Add(wasi);
        FilesystemHost.Add(wasi);
        SocketsHost.Add(wasi);
        HttpHost.Add(wasi);
        return linker;
    }
}

/// <summary>Runs components that export <c>wasi:cli/run</c>.</summary>
public static class WasiCommand
{
    /// <summary>
    /// Instantiates and runs a command and returns its exit code: that of <c>wasi:cli/exit</c>, else 0 when <c>run</c>
    /// succeeds and 1 when it fails. Throws <see cref="ComponentTrapException"/> when it traps.
    /// </summary>
    public static int Run(Component component, WasiOptions options, ComponentLinker? linker = null, Wasm.Store? store = null)
    {
        using var context = new WasiContext(options);
        try
        {
            using var instance = (linker ?? WasiHost.AddTo(new ComponentLinker())).Instantiate(component, store, context);
            return instance.GetFunction("wasi:cli/run#run").Call()!.Value.IsOk ? 0 : 1;
        }
        catch (WasiExitException exit)
        {
            return exit.Code;
        }
        finally
        {
            options.StandardOutput.Flush();
            options.StandardError.Flush();
        }
    }
}

/// <summary>A function of WASI: the call's context comes first.</summary>
internal delegate ComponentValue? WasiFunction(WasiCall call, ReadOnlySpan<ComponentValue> arguments);

internal readonly record struct WasiCall(HostCall Call, WasiContext Context)
{
    public WasiOptions Options => Context.Options;

    public ComponentValue Own(HostResource resource, object target) => Call.Own(resource, target);
}

/// <summary>Adds WASI interfaces to a linker.</summary>
internal sealed class WasiLinker(ComponentLinker linker, Func<HostCall, WasiContext> context)
{
    public WasiInterface Interface(string name) => new(linker.Instance($"{name}@{WasiHost.Version}"), context);
}

internal sealed class WasiInterface(LinkerInstance instance, Func<HostCall, WasiContext> context)
{
    public WasiInterface Resource(string name, HostResource resource)
    {
        instance.Resource(name, resource);
        return this;
    }

    public WasiInterface Func(string name, WasiFunction function)
    {
        instance.Func(name, (call, arguments) => function(new WasiCall(call, context(call)), arguments));
        return this;
    }

    /// <summary>Answers every function that is not offered otherwise with a trap.</summary>
    public void RefuseTheRest(string why) =>
        instance.Fallback = name => (_, _) => throw new ComponentTrapException($"`{instance.Name}#{name}`: {why}");
}
