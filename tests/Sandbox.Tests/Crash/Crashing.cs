using System.Diagnostics;
using System.Globalization;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Crash;

/// <summary>A child process that works on a store until it is killed, without a chance to tidy up.</summary>
internal static class Crashing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Runs the child until it has said <paramref name="steps"/> lines, kills it (SIGKILL) after a spin of random length,
    /// and gives the last number it said: that step was on disk.
    /// </summary>
    public static async Task<int> RunAsync(string mode, string directory, int steps, Random random)
    {
        var guest = Path.Combine(directory, "guest.wasm");
        if (!File.Exists(guest)) await File.WriteAllBytesAsync(guest, Host.Guest("functions"));
        var program = Path.Combine(AppContext.BaseDirectory, "ClawGrains.Sandbox.Crash.dll");
        using var child = Process.Start(new ProcessStartInfo("dotnet", [program, mode, directory, guest]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var last = -1;
        for (var i = 0; i < steps; i++) last = Number(await child.StandardOutput.ReadLineAsync().WaitAsync(Patience)) ?? throw new InvalidOperationException(await child.StandardError.ReadToEndAsync());
        // Anywhere in what comes next: microseconds to some milliseconds.
        Thread.SpinWait(random.Next(200_000));
        child.Kill();
        await child.WaitForExitAsync().WaitAsync(Patience);
        while (Number(await child.StandardOutput.ReadLineAsync()) is { } more) last = more;
        return last;
    }

    private static int? Number(string? line) => int.TryParse(line, CultureInfo.InvariantCulture, out var number) ? number : null;
}
