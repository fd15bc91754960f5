using ClawGrains.Components.Wasi.Io;

namespace ClawGrains.Components.Wasi;

/// <summary><c>wasi:clocks</c>: the time provider's; the monotonic clock starts at zero with the context.</summary>
internal static class ClocksHost
{
    public static void Add(WasiLinker wasi)
    {
        wasi.Interface("wasi:clocks/monotonic-clock")
            .Func("now", (c, _) => ComponentValue.U64(Now(c.Context)))
            .Func("resolution", (c, _) => ComponentValue.U64((ulong)Math.Max(1, 1_000_000_000 / c.Options.Time.TimestampFrequency)))
            .Func("subscribe-instant", (c, a) => Timer(c, a[0].AsU64() is var when && when > Now(c.Context) ? when - Now(c.Context) : 0))
            .Func("subscribe-duration", (c, a) => Timer(c, a[0].AsU64()));
        wasi.Interface("wasi:clocks/wall-clock")
            .Func("now", (c, _) => Datetime(c.Options.Time.GetUtcNow()))
            .Func("resolution", (_, _) => Datetime(0, 100));
        wasi.Interface("wasi:clocks/timezone")
            .Func("display", (_, _) => ComponentValue.Record(
                ("utc-offset", ComponentValue.S32(0)), ("name", ComponentValue.String("UTC")), ("in-daylight-saving-time", ComponentValue.Bool(false))))
            .Func("utc-offset", (_, _) => ComponentValue.S32(0));
    }

    public static ComponentValue Datetime(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        return Datetime((ulong)Math.Max(0, ticks / TimeSpan.TicksPerSecond), (uint)(Math.Max(0, ticks % TimeSpan.TicksPerSecond) * 100));
    }

    public static ComponentValue Datetime(ulong seconds, uint nanoseconds) =>
        ComponentValue.Record(("seconds", ComponentValue.U64(seconds)), ("nanoseconds", ComponentValue.U32(nanoseconds)));

    private static ulong Now(WasiContext context) =>
        (ulong)(context.Options.Time.GetElapsedTime(context.Start).Ticks * 100);

    private static ComponentValue Timer(WasiCall call, ulong nanoseconds) =>
        call.Own(IoHost.Pollable, new TimerPollable(call.Options.Time, TimeSpan.FromTicks((long)Math.Min(nanoseconds / 100 + (nanoseconds % 100 == 0 ? 0u : 1u), long.MaxValue / 4))));
}

/// <summary><c>wasi:random</c>.</summary>
internal static class RandomHost
{
    public static void Add(WasiLinker wasi)
    {
        wasi.Interface("wasi:random/random")
            .Func("get-random-bytes", (c, a) => ComponentValue.Bytes(c.Context.RandomBytes(a[0].AsU64())))
            .Func("get-random-u64", (c, _) => ComponentValue.U64(c.Context.RandomU64()));
        wasi.Interface("wasi:random/insecure")
            .Func("get-insecure-random-bytes", (c, a) => ComponentValue.Bytes(c.Context.RandomBytes(a[0].AsU64())))
            .Func("get-insecure-random-u64", (c, _) => ComponentValue.U64(c.Context.RandomU64()));
        wasi.Interface("wasi:random/insecure-seed")
            .Func("insecure-seed", (c, _) => ComponentValue.Tuple(ComponentValue.U64(c.Context.RandomU64()), ComponentValue.U64(c.Context.RandomU64())))
            .Func("get-insecure-seed", (c, _) => ComponentValue.Tuple(ComponentValue.U64(c.Context.RandomU64()), ComponentValue.U64(c.Context.RandomU64())));
    }
}

/// <summary><c>wasi:sockets</c>: everything can be imported, nothing can be opened.</summary>
internal static class SocketsHost
{
    private static readonly HostResource Network = new("network");

    public static void Add(WasiLinker wasi)
    {
        var denied = ComponentValue.Error(ComponentValue.Enum("access-denied"));
        wasi.Interface("wasi:sockets/network").Resource("network", Network).Func("network-error-code", (_, _) => ComponentValue.None);
        wasi.Interface("wasi:sockets/instance-network").Func("instance-network", (c, _) => c.Own(Network, new object()));
        wasi.Interface("wasi:sockets/tcp-create-socket").Func("create-tcp-socket", (_, _) => denied);
        wasi.Interface("wasi:sockets/udp-create-socket").Func("create-udp-socket", (_, _) => denied);
        var lookup = wasi.Interface("wasi:sockets/ip-name-lookup").Resource("resolve-address-stream", new HostResource("resolve-address-stream"));
        lookup.Func("resolve-addresses", (_, _) => denied).RefuseTheRest("sockets are not permitted");
        wasi.Interface("wasi:sockets/tcp").Resource("tcp-socket", new HostResource("tcp-socket")).RefuseTheRest("sockets are not permitted");
        var udp = wasi.Interface("wasi:sockets/udp").Resource("udp-socket", new HostResource("udp-socket"));
        udp.Resource("incoming-datagram-stream", new HostResource("incoming-datagram-stream"));
        udp.Resource("outgoing-datagram-stream", new HostResource("outgoing-datagram-stream")).RefuseTheRest("sockets are not permitted");
    }
}
