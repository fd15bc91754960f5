using System.Diagnostics;
using System.Globalization;

namespace ClawGrains.Wasm.Bench.Contenders;

/// <summary>A child process that answers each size with nanoseconds and checksum: native code, or V8 in node.</summary>
internal sealed class ProcessContender : Contender
{
    public ProcessContender(string name, string program, params string[] arguments) : base(name)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process = Process.Start(start) ?? throw new InvalidOperationException($"Could not start {program}.");
    }

    public override Process Process { get; }

    public override Measurement Run(uint size)
    {
        Process.StandardInput.WriteLine(size);
        Process.StandardInput.Flush();
        var parts = Process.StandardOutput.ReadLine()?.Split(' ')
            ?? throw new InvalidOperationException($"{Name} ended instead of answering.");
        return new Measurement(
            double.Parse(parts[0], CultureInfo.InvariantCulture) / 1e6, ulong.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public override void Dispose()
    {
        Process.StandardInput.Close();
        if (!Process.WaitForExit(5000)) Process.Kill();
        Process.Dispose();
    }
}
