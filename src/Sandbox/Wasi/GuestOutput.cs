using System.Text;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Logging;

namespace ClawGrains.Sandbox.Wasi;

/// <summary>A guest's standard output or error: kept for the answer up to a limit, or passed to its log line by line.</summary>
internal sealed class GuestOutput : Stream
{
    private readonly MemoryStream _pending = new();
    private readonly Action<string>? _line;
    private readonly int _limit;

    private GuestOutput(Action<string>? line, int limit) => (_line, _limit) = (line, limit);

    /// <summary>What was written, where it is kept.</summary>
    public string Kept => Encoding.UTF8.GetString(_pending.GetBuffer(), 0, (int)_pending.Length);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static GuestOutput Keeping(int limit) => new(null, limit);

    public static GuestOutput Logging(HostSession session, GuardedLog log, GuestLogLevel level) => new(line =>
    {
        var result = log.Write(session.Scope, (byte)level, line);
        session.Note(("log", $"{(int)level} {line}"), "", result.Error);
    }, session.Scope.Limits.LogBytes);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_line is null)
        {
            if (_pending.Length + buffer.Length > _limit) throw new IOException($"more than {_limit} bytes of output");
            _pending.Write(buffer);
            return;
        }
        for (int end; (end = buffer.IndexOf((byte)'\n')) >= 0; buffer = buffer[(end + 1)..])
        {
            _pending.Write(buffer[..end]);
            EndLine();
        }
        _pending.Write(buffer);
        // A line that never ends is cut where a message would be.
        if (_pending.Length >= _limit) EndLine();
    }

    /// <summary>Does nothing: guests flush after each piece of a line, and a line is one message.</summary>
    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) EndLine();
        base.Dispose(disposing);
    }

    private void EndLine()
    {
        if (_line is null || _pending.Length == 0) return;
        _line(Kept);
        _pending.SetLength(0);
    }
}
