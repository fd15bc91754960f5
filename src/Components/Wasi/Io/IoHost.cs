namespace ClawGrains.Components.Wasi.Io;

/// <summary><c>wasi:io</c>: errors, pollables and streams.</summary>
internal static class IoHost
{
    public static readonly HostResource Error = new("error");
    public static readonly HostResource Pollable = new("pollable");
    public static readonly HostResource InputStream = new("input-stream");
    public static readonly HostResource OutputStream = new("output-stream");

    public static void Add(WasiLinker wasi)
    {
        wasi.Interface("wasi:io/error").Resource("error", Error)
            .Func("[method]error.to-debug-string", (_, a) => ComponentValue.String(((StreamFailure)a[0].AsResource().Target).Message));
        wasi.Interface("wasi:io/poll").Resource("pollable", Pollable)
            .Func("[method]pollable.ready", (_, a) => ComponentValue.Bool(PollableOf(a[0]).IsReady))
            .Func("[method]pollable.block", (c, a) =>
            {
                Blocking.Poll([PollableOf(a[0])], c.Options.Cancellation);
                return null;
            })
            .Func("poll", Poll);
        var streams = wasi.Interface("wasi:io/streams").Resource("input-stream", InputStream).Resource("output-stream", OutputStream);
        streams.Resource("error", Error).Resource("pollable", Pollable);
        Inputs(streams);
        Outputs(streams);
    }

    public static WasiInput InputOf(ComponentValue handle) => handle.AsResource().Target switch
    {
        Borrowed<WasiInput> shared => shared.Target,
        var own => (WasiInput)own,
    };

    public static WasiOutput OutputOf(ComponentValue handle) => handle.AsResource().Target switch
    {
        Borrowed<WasiOutput> shared => shared.Target,
        var own => (WasiOutput)own,
    };

    private static WasiPollable PollableOf(ComponentValue handle) => (WasiPollable)handle.AsResource().Target;

    private static ComponentValue? Poll(WasiCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var pollables = arguments[0].AsList().Select(PollableOf).ToArray();
        if (pollables.Length == 0) throw new ComponentTrapException("`poll` of an empty list would wait for ever");
        return ComponentValue.List([.. Blocking.Poll(pollables, call.Options.Cancellation).Select(ComponentValue.U32)]);
    }

    private static void Inputs(WasiInterface streams)
    {
        streams
            .Func("[method]input-stream.read", (c, a) => Read(c, InputOf(a[0]).Read, a[1].AsU64(), Bytes))
            .Func("[method]input-stream.blocking-read", (c, a) => Read(c, Waiting(c, InputOf(a[0])), a[1].AsU64(), Bytes))
            .Func("[method]input-stream.skip", (c, a) => Read(c, InputOf(a[0]).Read, a[1].AsU64(), Count))
            .Func("[method]input-stream.blocking-skip", (c, a) => Read(c, Waiting(c, InputOf(a[0])), a[1].AsU64(), Count))
            .Func("[method]input-stream.subscribe", (c, a) => c.Own(Pollable, InputOf(a[0]).Pollable));
    }

    private static void Outputs(WasiInterface streams)
    {
        streams
            .Func("[method]output-stream.check-write", (c, a) => Write(c, OutputOf(a[0]), o => ComponentValue.U64(o.CheckWrite())))
            .Func("[method]output-stream.write", (c, a) => WriteBytes(c, a, false))
            .Func("[method]output-stream.blocking-write-and-flush", (c, a) => WriteBytes(c, a, true))
            .Func("[method]output-stream.flush", (c, a) => Write(c, OutputOf(a[0]), Flush))
            .Func("[method]output-stream.blocking-flush", (c, a) => Write(c, OutputOf(a[0]), o => FlushAndWait(c, o)))
            .Func("[method]output-stream.subscribe", (c, a) => c.Own(Pollable, OutputOf(a[0]).Pollable))
            .Func("[method]output-stream.write-zeroes", (c, a) => Zeroes(c, a, false))
            .Func("[method]output-stream.blocking-write-zeroes-and-flush", (c, a) => Zeroes(c, a, true))
            .Func("[method]output-stream.splice", (c, a) => Splice(c, a, InputOf(a[1]).Read))
            .Func("[method]output-stream.blocking-splice", (c, a) =>
            {
                Wait(c, OutputOf(a[0]));
                return Splice(c, a, Waiting(c, InputOf(a[1])));
            });
    }

    private static Func<ulong, byte[]?> Waiting(WasiCall call, WasiInput input) => length => input.BlockingRead(length, call.Options.Cancellation);

    private static ComponentValue Bytes(byte[] bytes) => ComponentValue.Bytes(bytes);

    private static ComponentValue Count(byte[] bytes) => ComponentValue.U64((ulong)bytes.Length);

    private static ComponentValue Read(WasiCall call, Func<ulong, byte[]?> read, ulong length, Func<byte[], ComponentValue> result)
    {
        try
        {
            return read(length) is { } bytes ? ComponentValue.Ok(result(bytes)) : Closed;
        }
        catch (StreamFailure failure)
        {
            return Failed(call, failure);
        }
    }

    private static ComponentValue Write(WasiCall call, WasiOutput output, Func<WasiOutput, ComponentValue?> action)
    {
        try
        {
            return ComponentValue.Ok(action(output));
        }
        catch (StreamFailure failure)
        {
            return Failed(call, failure);
        }
    }

    private static ComponentValue? Flush(WasiOutput output)
    {
        output.Flush();
        return null;
    }

    /// <summary>Waits until what was written has gone where it goes; most streams never make anyone wait.</summary>
    private static ComponentValue? FlushAndWait(WasiCall call, WasiOutput output)
    {
        output.Flush();
        Wait(call, output);
        output.Flush();
        return null;
    }

    private static void Wait(WasiCall call, WasiOutput output)
    {
        if (!output.Pollable.IsReady) Blocking.Poll([output.Pollable], call.Options.Cancellation);
    }

    private static ComponentValue WriteBytes(WasiCall call, ReadOnlySpan<ComponentValue> arguments, bool flush)
    {
        var bytes = arguments[1].AsBytes();
        return Write(call, OutputOf(arguments[0]), output => Write(call, output, bytes, flush));
    }

    private static ComponentValue? Write(WasiCall call, WasiOutput output, byte[] bytes, bool flush)
    {
        if (flush) Wait(call, output);
        else if (!output.Pollable.IsReady) throw new ComponentTrapException("`write` of more bytes than `check-write` permits");
        output.Write(bytes);
        return flush ? FlushAndWait(call, output) : null;
    }

    private static ComponentValue Zeroes(WasiCall call, ReadOnlySpan<ComponentValue> arguments, bool flush)
    {
        var length = arguments[1].AsU64();
        if (length > WasiOutput.Permit) throw new ComponentTrapException($"`write-zeroes` of {length} bytes exceeds what `check-write` permits");
        return Write(call, OutputOf(arguments[0]), output => Write(call, output, new byte[length], flush));
    }

    private static ComponentValue Splice(WasiCall call, ReadOnlySpan<ComponentValue> arguments, Func<ulong, byte[]?> read)
    {
        var output = OutputOf(arguments[0]);
        return Read(call, length => read(Math.Min(length, output.CheckWrite())), arguments[2].AsU64(), bytes =>
        {
            output.Write(bytes);
            return Count(bytes);
        });
    }

    private static readonly ComponentValue Closed = ComponentValue.Error(ComponentValue.Variant("closed"));

    private static ComponentValue Failed(WasiCall call, StreamFailure failure) => failure.IsClosed ? Closed :
        ComponentValue.Error(ComponentValue.Variant("last-operation-failed", call.Own(Error, failure)));
}
