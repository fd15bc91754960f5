namespace ClawGrains.Components.Binary;

/// <summary>Binary.md, "Canonical Definitions". The asynchronous built-ins are refused by name.</summary>
internal static class CanonReader
{
    private static readonly Dictionary<byte, string> Asynchronous = new()
    {
        [0x05] = "task.cancel", [0x06] = "subtask.cancel", [0x08] = "backpressure.set", [0x09] = "task.return",
        [0x0a] = "context.get", [0x0b] = "context.set", [0x0c] = "thread.yield", [0x0d] = "subtask.drop",
        [0x0e] = "stream.new", [0x0f] = "stream.read", [0x10] = "stream.write", [0x11] = "stream.cancel-read",
        [0x12] = "stream.cancel-write", [0x13] = "stream.drop-readable", [0x14] = "stream.drop-writable",
        [0x15] = "future.new", [0x16] = "future.read", [0x17] = "future.write", [0x18] = "future.cancel-read",
        [0x19] = "future.cancel-write", [0x1a] = "future.drop-readable", [0x1b] = "future.drop-writable",
        [0x1c] = "error-context.new", [0x1d] = "error-context.debug-message", [0x1e] = "error-context.drop",
        [0x1f] = "waitable-set.new", [0x20] = "waitable-set.wait", [0x21] = "waitable-set.poll",
        [0x22] = "waitable-set.drop", [0x23] = "waitable.join", [0x24] = "backpressure.inc", [0x25] = "backpressure.dec",
        [0x26] = "thread.index", [0x27] = "thread.new-indirect", [0x28] = "thread.resume-later", [0x29] = "thread.suspend",
        [0x2a] = "thread.suspend-then-resume", [0x2b] = "thread.yield-then-resume", [0x2c] = "thread.suspend-then-promote",
        [0x2d] = "thread.yield-then-promote", [0x40] = "thread.spawn-ref", [0x41] = "thread.spawn-indirect",
        [0x42] = "thread.available-parallelism",
    };

    public static Definition Canon(ByteReader reader)
    {
        var at = reader.Offset;
        var code = reader.Byte();
        switch (code)
        {
            case 0x00:
                reader.Zero("canonical function lift");
                var func = reader.U32();
                var options = Options(reader);
                return new CanonLift(at, func, options, reader.U32());
            case 0x01:
                reader.Zero("canonical function lower");
                return new CanonLower(at, reader.U32(), Options(reader));
            case 0x02: return new CanonResource(at, ResourceBuiltin.New, reader.U32());
            case 0x03: return new CanonResource(at, ResourceBuiltin.Drop, reader.U32());
            case 0x04: return new CanonResource(at, ResourceBuiltin.Rep, reader.U32());
            default:
                if (Asynchronous.TryGetValue(code, out var name)) throw ComponentException.Unsupported($"the asynchronous built-in `{name}`", at);
                throw ByteReader.BadByte(code, "canonical function", at);
        }
    }

    private static CanonOptionSyntax Options(ByteReader reader) =>
        new(reader.Offset, reader.Vec("canonical option", Limits.CanonicalOptions, Option));

    private static CanonOption Option(ByteReader reader)
    {
        var at = reader.Offset;
        var code = reader.Byte();
        return code switch
        {
            0 => new(CanonOptionKind.Utf8, 0),
            1 => new(CanonOptionKind.Utf16, 0),
            2 => new(CanonOptionKind.Latin1Utf16, 0),
            3 => new(CanonOptionKind.Memory, reader.U32()),
            4 => new(CanonOptionKind.Realloc, reader.U32()),
            5 => new(CanonOptionKind.PostReturn, reader.U32()),
            6 => throw ComponentException.Unsupported("the canonical option `async`", at),
            7 => throw ComponentException.Unsupported("the canonical option `callback`", at),
            8 => throw ComponentException.Unsupported("the canonical option `core-type`", at),
            9 => throw ComponentException.Unsupported("the canonical option `gc`", at),
            _ => throw ByteReader.BadByte(code, "canonical option", at),
        };
    }
}
