using ClawGrains.Components.Wasi.Filesystem;

namespace ClawGrains.Components.Wasi;

/// <summary>
/// This process's standard streams for <see cref="WasiOptions"/>. Unlike the console's they are unbuffered and say when
/// the reader of a pipe is gone, so that a component's writes fail instead of going nowhere for ever. A stream that the
/// process was started without is at its end, or takes nothing.
/// </summary>
public static class ProcessStreams
{
    /// <summary>Standard input.</summary>
    public static Stream Input { get; } = Posix.IsSupported && !Posix.IsInherited(0) ? Stream.Null : Console.OpenStandardInput();

    /// <summary>Standard output.</summary>
    public static Stream Output { get; } = Posix.IsSupported ? new PosixOutputStream(1) : Console.OpenStandardOutput();

    /// <summary>Standard error.</summary>
    public static Stream Error { get; } = Posix.IsSupported ? new PosixOutputStream(2) : Console.OpenStandardError();

    /// <summary>Which of them are a terminal.</summary>
    public static WasiTerminals Terminals =>
        (Console.IsInputRedirected ? 0 : WasiTerminals.Input) | (Console.IsOutputRedirected ? 0 : WasiTerminals.Output) | (Console.IsErrorRedirected ? 0 : WasiTerminals.Error);
}

/// <summary>Writes to a descriptor of the process.</summary>
internal sealed class PosixOutputStream(int descriptor) : Stream
{
    private readonly bool _isOpen = Posix.IsInherited(descriptor);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_isOpen) throw new IOException("the stream is closed");
        while (!buffer.IsEmpty) buffer = buffer[Posix.Write(descriptor, buffer)..];
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
