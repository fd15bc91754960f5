using System.Diagnostics;
using System.Globalization;

namespace ClawGrains.Wasm.Bench.Contenders;

/// <summary>A child process that answers each size with nanoseconds and checksum: native code, or V8 in node.</summary>
internal sealed class ProcessContender : Contender
{
    private readonly Process _process;

    public ProcessContender(string name, string program, params string[] arguments) : base(name)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"Could not start {program}.");
    }

    public override Measurement Run(uint size)
    {
        _process.StandardInput.WriteLine(size);
        _process.StandardInput.Flush();
        var parts = _process.StandardOutput.ReadLine()?.Split(' ')
            ?? throw new InvalidOperationException($"{Name} ended instead of answering.");
        return new Measurement(
            double.Parse(parts[0], CultureInfo.InvariantCulture) / 1e6, ulong.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public override void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
    }
}
