using System.Diagnostics;

namespace ClawGrains.Wasm.Bench.Contenders;

/// <summary>Our engine in this process.</summary>
internal sealed class EngineContender : Contender
{
    private readonly Engine _engine;
    private readonly Store _store;
    private readonly Func<uint, ulong> _run;

    public EngineContender(string name, byte[] module, EngineOptions options) : base(name)
    {
        _engine = new Engine(options);
        _store = new Store(_engine);
        _run = _store.Instantiate(_engine.Compile(module)).GetFunction("run").ToDelegate<Func<uint, ulong>>();
    }

    public override Process Process { get; } = Process.GetCurrentProcess();

    public override Measurement Run(uint size)
    {
        _store.Fuel = long.MaxValue;
        var start = Environment.CpuUsage.TotalTime;
        var checksum = _run(size);
        return new Measurement((Environment.CpuUsage.TotalTime - start).TotalMilliseconds, checksum);
    }

    public override void Dispose()
    {
        Process.Dispose();
        _store.Dispose();
        _engine.Dispose();
    }
}
