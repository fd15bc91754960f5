using System.Text;

namespace ClawGrains.Sandbox.Wasi;

/// <summary>Gives each line that is written to a log; what has no end yet when it gets long is given as it is.</summary>
internal sealed class LogStream(Action<string> log) : Stream
{
    private const int MaxLine = 16 << 10;

    private readonly MemoryStream _line = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        foreach (var b in buffer)
        {
            if (b != '\n') _line.WriteByte(b);
            if (b == '\n' || _line.Length >= MaxLine) End();
        }
    }

    /// <summary>Logs what has no line end.</summary>
    public void End()
    {
        if (_line.Length == 0) return;
        var text = Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length);
        _line.SetLength(0);
        log(text);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
