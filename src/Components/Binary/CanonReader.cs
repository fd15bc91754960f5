namespace ClawGrains.Components.Binary;

/// <summary>The built-ins of CanonicalABI.md that only asynchronous code needs, by their opcodes.</summary>
internal enum AsyncBuiltin : byte
{
    TaskCancel = 0x05, SubtaskCancel = 0x06, TaskReturn = 0x09, ContextGet = 0x0a, ContextSet = 0x0b, ThreadYield = 0x0c,
    SubtaskDrop = 0x0d, StreamNew = 0x0e, StreamRead = 0x0f, StreamWrite = 0x10, StreamCancelRead = 0x11,
    StreamCancelWrite = 0x12, StreamDropReadable = 0x13, StreamDropWritable = 0x14, FutureNew = 0x15, FutureRead = 0x16,
    FutureWrite = 0x17, FutureCancelRead = 0x18, FutureCancelWrite = 0x19, FutureDropReadable = 0x1a,
    FutureDropWritable = 0x1b, WaitableSetNew = 0x1f, WaitableSetWait = 0x20, WaitableSetPoll = 0x21,
    WaitableSetDrop = 0x22, WaitableJoin = 0x23, BackpressureInc = 0x24, BackpressureDec = 0x25, ThreadIndex = 0x26,
    ThreadNewIndirect = 0x27, ThreadResumeLater = 0x28, ThreadSuspend = 0x29, ThreadSuspendThenResume = 0x2a,
    ThreadYieldThenResume = 0x2b, ThreadSuspendThenPromote = 0x2c, ThreadYieldThenPromote = 0x2d,
}

/// <summary>Binary.md, "Canonical Definitions".</summary>
internal static class CanonReader
{
    private static readonly Dictionary<byte, string> Unsupported = new()
    {
        [0x08] = "backpressure.set", [0x1c] = "error-context.new", [0x1d] = "error-context.debug-message",
        [0x1e] = "error-context.drop", [0x40] = "thread.spawn-ref", [0x41] = "thread.spawn-indirect",
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
                if (Unsupported.TryGetValue(code, out var name)) throw ComponentException.Unsupported($"the built-in `{name}`", at);
                return Enum.IsDefined((AsyncBuiltin)code) ? Asynchronous(reader, (AsyncBuiltin)code, at) : throw ByteReader.BadByte(code, "canonical function", at);
        }
    }

    private static CanonAsync Asynchronous(ByteReader reader, AsyncBuiltin builtin, long at)
    {
        uint type = 0, index = 0;
        ValSyntax? result = null;
        CanonOptionSyntax? options = null;
        switch (builtin)
        {
            case AsyncBuiltin.TaskReturn:
                result = TypeReader.Result(reader);
                options = Options(reader);
                break;
            case AsyncBuiltin.ContextGet or AsyncBuiltin.ContextSet:
                type = (uint)CoreTypeReader.Val(reader);
                index = reader.U32();
                break;
            case AsyncBuiltin.SubtaskCancel or (>= AsyncBuiltin.ThreadSuspend and <= AsyncBuiltin.ThreadYieldThenPromote) or AsyncBuiltin.ThreadYield:
                Flag(reader);
                break;
            case AsyncBuiltin.StreamRead or AsyncBuiltin.StreamWrite or AsyncBuiltin.FutureRead or AsyncBuiltin.FutureWrite:
                type = reader.U32();
                options = Options(reader);
                break;
            case AsyncBuiltin.StreamCancelRead or AsyncBuiltin.StreamCancelWrite or AsyncBuiltin.FutureCancelRead or AsyncBuiltin.FutureCancelWrite:
                type = reader.U32();
                Flag(reader);
                break;
            case >= AsyncBuiltin.StreamNew and <= AsyncBuiltin.FutureDropWritable: type = reader.U32(); break;
            case AsyncBuiltin.WaitableSetWait or AsyncBuiltin.WaitableSetPoll:
                Flag(reader);
                index = reader.U32();
                break;
            case AsyncBuiltin.ThreadNewIndirect:
                type = reader.U32();
                index = reader.U32();
                break;
        }
        return new CanonAsync(at, builtin, type, index, result, options);
    }

    private static void Flag(ByteReader reader)
    {
        var at = reader.Offset;
        if (reader.Byte() > 1) throw ComponentException.Malformed("invalid boolean value", at);
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
            6 => new(CanonOptionKind.Async, 0),
            7 => new(CanonOptionKind.Callback, reader.U32()),
            8 => throw ComponentException.Unsupported("the canonical option `core-type`", at),
            9 => throw ComponentException.Unsupported("the canonical option `gc`", at),
            _ => throw ByteReader.BadByte(code, "canonical option", at),
        };
    }
}
