using System.Runtime.InteropServices;

namespace ClawGrains.Client.Commands;

/// <summary>Notes, while there is one, which signal asks this process to end, for the exit code that shells know such an end by.</summary>
internal sealed class EndingSignal : IDisposable
{
    private const int FirstOfSignals = 128;
    private static volatile int _number = 2;
    private readonly PosixSignalRegistration _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => _number = 2);
    private readonly PosixSignalRegistration _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => _number = 15);

    /// <summary>130 after SIGINT, or before any; 143 after SIGTERM.</summary>
    public static int ExitCode => FirstOfSignals + _number;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }
}
