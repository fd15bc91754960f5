using System.Runtime.InteropServices;

namespace ClawGrains.Client.Chat;

/// <summary>Ctrl-C ends the command that runs, or else the chat; a request to terminate ends both.</summary>
internal sealed class ChatSignals : IDisposable
{
    private readonly CancellationTokenSource _chat = new();
    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration[] _registrations;
    private CancellationTokenSource? _command;

    public ChatSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Handle(c, Interrupt)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Handle(c, Terminate)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, c => Handle(c, Terminate)),
    ];

    /// <summary>Cancelled when the chat is to end.</summary>
    public CancellationToken Ended => _chat.Token;

    /// <summary>Does something that Ctrl-C ends alone. False where it was ended so.</summary>
    public async Task<bool> RunAsync(Func<CancellationToken, Task> command)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(_chat.Token);
        lock (_lock) _command = running;
        try
        {
            await command(running.Token);
            return true;
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            lock (_lock) _command = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _chat.Dispose();
    }

    private static void Handle(PosixSignalContext context, Action action)
    {
        context.Cancel = true;
        action();
    }

    private void Interrupt()
    {
        lock (_lock) (_command ?? _chat).Cancel();
    }

    private void Terminate()
    {
        lock (_lock) _chat.Cancel();
    }
}
