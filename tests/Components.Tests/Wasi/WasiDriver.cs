using ClawGrains.Components.Wasi;

namespace ClawGrains.Components.Tests.Wasi;

/// <summary>
/// Calls the functions of WASI with values, through a component that exports the very interfaces it imports
/// (<c>Data/wasi.wasm</c>).
/// </summary>
internal sealed class WasiDriver : IDisposable
{
    private readonly WasiContext _context;
    private readonly ComponentInstance _instance;

    public WasiDriver(WasiOptions options)
    {
        _context = new WasiContext(options);
        _instance = WasiHost.AddTo(new ComponentLinker()).Instantiate(Component.Load(Fixture.Engine, Fixture.Data("wasi.wasm")), data: _context);
    }

    /// <summary>Calls <c>wasi:INTERFACE#FUNCTION</c>.</summary>
    public ComponentValue Call(string function, params ComponentValue[] arguments) => _instance.GetFunction($"wasi:{function}").Call(arguments) ?? default;

    /// <summary>The payload of an <c>ok</c>; fails with the error otherwise.</summary>
    public ComponentValue Ok(string function, params ComponentValue[] arguments)
    {
        var result = Call(function, arguments);
        result.IsOk.ShouldBeTrue(result.ToString());
        return result.CasePayload ?? default;
    }

    /// <summary>The payload of an <c>error</c>; fails otherwise.</summary>
    public ComponentValue Error(string function, params ComponentValue[] arguments)
    {
        var result = Call(function, arguments);
        result.IsOk.ShouldBeFalse();
        return result.CasePayload ?? default;
    }

    /// <summary>The first of the preopened directories.</summary>
    public ComponentValue Root => Call("filesystem/preopens#get-directories").AsList()[0][0];

    public void Dispose()
    {
        _instance.Dispose();
        _context.Dispose();
    }
}
