using ClawGrains.Components.Wasi.Io;

namespace ClawGrains.Components.Wasi.Http;

/// <summary><c>wasi:http/types</c> and <c>outgoing-handler</c>; incoming requests are not served.</summary>
internal static class HttpHost
{
    private static readonly HostResource Fields = new("fields");
    private static readonly HostResource Request = new("outgoing-request");
    private static readonly HostResource Options = new("request-options");
    private static readonly HostResource Response = new("incoming-response");
    private static readonly HostResource Body = new("incoming-body");
    private static readonly HostResource RequestBody = new("outgoing-body");
    private static readonly HostResource Future = new("future-incoming-response");
    private static readonly HostResource Trailers = new("future-trailers");
    private static readonly ComponentValue Failed = ComponentValue.Error();

    public static void Add(WasiLinker wasi)
    {
        var types = wasi.Interface("wasi:http/types").Resource("fields", Fields).Resource("outgoing-request", Request).Resource("request-options", Options)
            .Resource("incoming-response", Response).Resource("incoming-body", Body).Resource("outgoing-body", RequestBody)
            .Resource("future-incoming-response", Future).Resource("future-trailers", Trailers);
        foreach (var name in new[] { "incoming-request", "response-outparam", "outgoing-response" }) types.Resource(name, new HostResource(name));
        types.Func("http-error-code", (_, a) => Of<StreamFailure>(a[0]).HttpCode is { } code ? ComponentValue.Some(code) : ComponentValue.None);
        FieldFunctions(types);
        RequestFunctions(types);
        OptionFunctions(types);
        BodyFunctions(types);
        ResponseFunctions(types);
        types.RefuseTheRest("serving HTTP requests is not supported");
        wasi.Interface("wasi:http/outgoing-handler").Func("handle", Handle);
    }

    private static T Of<T>(ComponentValue handle) => (T)handle.AsResource().Target;

    private static void FieldFunctions(WasiInterface types)
    {
        types.Func("[constructor]fields", (c, _) => c.Own(Fields, new HttpFields(false)));
        types.Func("[static]fields.from-list", (c, a) =>
        {
            var fields = new HttpFields(false);
            foreach (var entry in a[0].AsList())
            {
                var (name, value) = (entry[0].AsString(), entry[1].AsBytes());
                if (fields.Refusal(name, [value]) is { } error) return ComponentValue.Error(ComponentValue.Variant(error));
                fields.Add(name, value);
            }
            return ComponentValue.Ok(c.Own(Fields, fields));
        });
        types.Func("[method]fields.get", (_, a) => ComponentValue.List([.. Of<HttpFields>(a[0]).Get(a[1].AsString()).Select(ComponentValue.Bytes)]));
        types.Func("[method]fields.has", (_, a) => ComponentValue.Bool(Of<HttpFields>(a[0]).Get(a[1].AsString()).Any()));
        types.Func("[method]fields.entries", (_, a) => ComponentValue.List([.. Of<HttpFields>(a[0]).Entries.Select(e =>
            ComponentValue.Tuple(ComponentValue.String(e.Name), ComponentValue.Bytes(e.Value)))]));
        types.Func("[method]fields.clone", (c, a) => c.Own(Fields, Of<HttpFields>(a[0]).Copy(frozen: false)));
        types.Func("[method]fields.set", (_, a) => Change(a, [.. a[2].AsList().Select(v => v.AsBytes())], replace: true));
        types.Func("[method]fields.delete", (_, a) => Change(a, [], replace: true));
        types.Func("[method]fields.append", (_, a) => Change(a, [a[2].AsBytes()], replace: false));
    }

    private static ComponentValue Change(ReadOnlySpan<ComponentValue> arguments, byte[][] values, bool replace)
    {
        var (fields, name) = (Of<HttpFields>(arguments[0]), arguments[1].AsString());
        if (fields.Refusal(name, values) is { } error) return ComponentValue.Error(ComponentValue.Variant(error));
        if (replace) fields.Remove(name);
        foreach (var value in values) fields.Add(name, value);
        return ComponentValue.Ok();
    }

    private static void RequestFunctions(WasiInterface types)
    {
        types.Func("[constructor]outgoing-request", (c, a) =>
        {
            using var headers = a[0].AsResource();
            return c.Own(Request, new OutgoingRequest(Of<HttpFields>(a[0]).Copy(frozen: true)));
        });
        types.Func("[method]outgoing-request.headers", (c, a) => c.Own(Fields, Of<OutgoingRequest>(a[0]).Headers));
        types.Func("[method]outgoing-request.method", (_, a) => Of<OutgoingRequest>(a[0]).Method);
        types.Func("[method]outgoing-request.scheme", (_, a) => Of<OutgoingRequest>(a[0]).Scheme);
        types.Func("[method]outgoing-request.authority", (_, a) => Text(Of<OutgoingRequest>(a[0]).Authority));
        types.Func("[method]outgoing-request.path-with-query", (_, a) => Text(Of<OutgoingRequest>(a[0]).Path));
        types.Func("[method]outgoing-request.set-method", (_, a) => Set(a, "method"));
        types.Func("[method]outgoing-request.set-scheme", (_, a) => Set(a, "scheme"));
        types.Func("[method]outgoing-request.set-authority", (_, a) => Set(a, "authority"));
        types.Func("[method]outgoing-request.set-path-with-query", (_, a) => Set(a, "path-with-query"));
        types.Func("[method]outgoing-request.body", (c, a) =>
        {
            var request = Of<OutgoingRequest>(a[0]);
            if (request.Body is not null) return Failed;
            request.Body = new OutgoingBody(request.ContentLength);
            return ComponentValue.Ok(c.Own(RequestBody, request.Body));
        });
    }

    private static ComponentValue Set(ReadOnlySpan<ComponentValue> arguments, string part) =>
        Of<OutgoingRequest>(arguments[0]).TrySet(part, arguments[1]) ? ComponentValue.Ok() : Failed;

    private static ComponentValue Text(string? text) => text is null ? ComponentValue.None : ComponentValue.Some(ComponentValue.String(text));

    private static void OptionFunctions(WasiInterface types)
    {
        types.Func("[constructor]request-options", (c, _) => c.Own(Options, new RequestOptions()));
        Option(types, "connect-timeout", o => o.Connect, (o, v) => o.Connect = v);
        Option(types, "first-byte-timeout", o => o.FirstByte, (o, v) => o.FirstByte = v);
        Option(types, "between-bytes-timeout", o => o.BetweenBytes, (o, v) => o.BetweenBytes = v);
    }

    private static void Option(WasiInterface types, string name, Func<RequestOptions, ulong?> get, Action<RequestOptions, ulong?> set)
    {
        types.Func($"[method]request-options.{name}", (_, a) => get(Of<RequestOptions>(a[0])) is { } v ? ComponentValue.Some(ComponentValue.U64(v)) : ComponentValue.None);
        types.Func($"[method]request-options.set-{name}", (_, a) =>
        {
            set(Of<RequestOptions>(a[0]), a[1].CasePayload?.AsU64());
            return ComponentValue.Ok();
        });
    }

    private static void BodyFunctions(WasiInterface types)
    {
        types.Func("[method]outgoing-body.write", (c, a) =>
        {
            var body = Of<OutgoingBody>(a[0]);
            if (body.WriteTaken) return Failed;
            body.WriteTaken = true;
            return ComponentValue.Ok(c.Own(IoHost.OutputStream, body.Output));
        });
        types.Func("[static]outgoing-body.finish", (_, a) =>
        {
            using var handle = a[0].AsResource();
            if (a[1].CasePayload is not null) return ComponentValue.Error(ComponentValue.Variant("internal-error", ComponentValue.Some(ComponentValue.String("trailers of requests are not supported"))));
            return Of<OutgoingBody>(a[0]).Finish() is { } bytes ? ComponentValue.Error(HttpErrors.BodySize(bytes)) : ComponentValue.Ok();
        });
        types.Func("[method]incoming-body.stream", (c, a) =>
        {
            var body = Of<IncomingBody>(a[0]);
            if (body.StreamTaken) return Failed;
            body.StreamTaken = true;
            return ComponentValue.Ok(c.Own(IoHost.InputStream, body.Open()));
        });
        types.Func("[static]incoming-body.finish", (c, a) =>
        {
            using var body = a[0].AsResource();
            return c.Own(Trailers, new FutureTrailers(Of<IncomingBody>(a[0]).Trailers));
        });
        types.Func("[method]future-trailers.subscribe", (c, _) => c.Own(IoHost.Pollable, ReadyPollable.Instance));
        types.Func("[method]future-trailers.get", (c, a) => ComponentValue.Some(Of<FutureTrailers>(a[0]).TryTake(out var fields)
            ? ComponentValue.Ok(ComponentValue.Ok(fields is null ? ComponentValue.None : ComponentValue.Some(c.Own(Fields, fields))))
            : Failed));
    }

    private static void ResponseFunctions(WasiInterface types)
    {
        types.Func("[method]future-incoming-response.subscribe", (c, a) =>
        {
            var future = Of<FutureResponse>(a[0]);
            return c.Own(IoHost.Pollable, new TaskPollable(() => future.Task));
        });
        types.Func("[method]future-incoming-response.get", (c, a) => Get(c, Of<FutureResponse>(a[0])));
        types.Func("[method]incoming-response.status", (_, a) => ComponentValue.U16((ushort)Of<IncomingResponse>(a[0]).Message.StatusCode));
        types.Func("[method]incoming-response.headers", (c, a) => c.Own(Fields, HttpFields.Of(Of<IncomingResponse>(a[0]).Message)));
        types.Func("[method]incoming-response.consume", (c, a) =>
        {
            var response = Of<IncomingResponse>(a[0]);
            if (response.Consumed) return Failed;
            response.Consumed = true;
            return ComponentValue.Ok(c.Own(Body, response.Open()));
        });
    }

    private static ComponentValue Get(WasiCall call, FutureResponse future)
    {
        if (!future.Task.IsCompleted) return ComponentValue.None;
        if (future.Taken) return ComponentValue.Some(Failed);
        future.Taken = true;
        var result = future.Message is { } message
            ? ComponentValue.Ok(call.Own(Response, new IncomingResponse(message, Limit(future.Options.BetweenBytes, call.Options.Time))))
            : ComponentValue.Error(HttpErrors.Of(future.Task.Exception?.GetBaseException() ?? new OperationCanceledException()));
        return ComponentValue.Some(ComponentValue.Ok(result));
    }

    private static ComponentValue? Handle(WasiCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        using var handle = arguments[0].AsResource();
        using var optionsHandle = arguments[1].CasePayload?.AsResource();
        if (call.Options.Http is not { } sender) return ComponentValue.Error(ComponentValue.Variant("HTTP-request-denied"));
        try
        {
            var message = Of<OutgoingRequest>(arguments[0]).ToMessage();
            var options = optionsHandle is null ? new RequestOptions() : (RequestOptions)optionsHandle.Target;
            var wasi = call.Options;
            if (Limit(options.Connect, wasi.Time) is { } connect) WasiHttpTimeouts.SetConnectTimeout(message, connect.Time, connect.Clock);
            return ComponentValue.Ok(call.Own(Future, new FutureResponse(stop => SendAsync(sender, message, Limit(options.FirstByte, wasi.Time), stop), options, wasi.Cancellation)));
        }
        catch (WasiHttpException e)
        {
            return ComponentValue.Error(HttpErrors.Of(e));
        }
    }

    /// <summary>Never longer than timers can count.</summary>
    private static ReadLimit? Limit(ulong? nanoseconds, TimeProvider clock) =>
        nanoseconds is { } n ? new(TimeSpan.FromTicks((long)Math.Min(n / 100, int.MaxValue * 1000L)), clock) : null;

    private static async Task<HttpResponseMessage> SendAsync(WasiHttpSender sender, HttpRequestMessage message, ReadLimit? firstByte, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = firstByte is null ? new CancellationTokenSource() : new CancellationTokenSource(firstByte.Time, firstByte.Clock);
        using var both = timer.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), limit);
        try
        {
            return await sender(message, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timer.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            message.Dispose();
            throw new TimeoutException("The first byte of the response did not come in time.", e);
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }
}

/// <summary><c>future-trailers</c>: can be had once.</summary>
internal sealed class FutureTrailers(HttpFields? fields)
{
    private bool _taken;

    public bool TryTake(out HttpFields? trailers)
    {
        trailers = fields;
        return !_taken && (_taken = true);
    }
}
