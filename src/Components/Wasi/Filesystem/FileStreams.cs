using ClawGrains.Components.Wasi.Io;

namespace ClawGrains.Components.Wasi.Filesystem;

/// <summary>Reads a file from an offset on; the descriptor may be dropped before the stream.</summary>
internal sealed class FileInput(Descriptor file, ulong offset) : WasiInput
{
    private ulong _offset = offset;

    public override WasiPollable Pollable => ReadyPollable.Instance;

    public override byte[]? Read(ulong length)
    {
        if (length == 0) return [];
        try
        {
            var bytes = file.Read(Math.Min(length, MaxRead), _offset);
            _offset += (ulong)bytes.Length;
            return bytes.Length == 0 ? null : bytes;
        }
        catch (FilesystemException e)
        {
            throw new StreamFailure(e.Message, e.Code);
        }
    }

    public override void Dispose() => file.Dispose();
}

/// <summary>Writes a file from an offset on, or always at its end.</summary>
internal sealed class FileOutput(Descriptor file, ulong? offset) : WasiOutput
{
    private ulong? _offset = offset;

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_offset is not { } at)
            {
                file.Append(bytes);
                return;
            }
            file.Write(bytes, at);
            _offset = at + (ulong)bytes.Length;
        }
        catch (FilesystemException e)
        {
            throw new StreamFailure(e.Message, e.Code);
        }
    }

    public override void Flush() { }

    public override void Dispose() => file.Dispose();
}
