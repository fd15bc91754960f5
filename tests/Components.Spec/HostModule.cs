namespace ClawGrains.Components.Spec;

/// <summary>The <c>host</c> import that the suites of other engines expect of a runner.</summary>
internal static class HostModule
{
    /// <summary>Exports a global <c>g</c> of 100 and a function <c>f</c> that returns 101.</summary>
    private static readonly byte[] SimpleModule =
    [
        0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 6, 7, 1, 0x7f, 0, 0x41, 0xe4, 0, 0x0b,
        7, 9, 2, 1, 0x67, 3, 0, 1, 0x66, 0, 0, 10, 7, 1, 5, 0, 0x41, 0xe5, 0, 0x0b,
    ];

    public static ComponentLinker AddTo(ClawGrains.Wasm.Engine engine, ComponentLinker linker)
    {
        linker.Func("host-return-two", (_, _) => ComponentValue.U32(2));
        linker.Func("host-echo-u32", (_, arguments) => arguments[0]);
        var host = linker.Instance("host");
        host.Func("return-three", (_, _) => ComponentValue.U32(3));
        host.Module("simple-module", engine.Compile(SimpleModule));
        host.Instance("nested").Func("return-four", (_, _) => ComponentValue.U32(4));
        Resources(host);
        return linker;
    }

    private static void Resources(LinkerInstance host)
    {
        uint? lastDrop = null;
        uint drops = 0;
        var resource = new HostResource("resource1", target =>
        {
            lastDrop = (uint)target;
            drops++;
        });
        host.Resource("resource1", resource);
        host.Resource("resource2", new HostResource("resource2"));
        host.Resource("resource1-again", resource);
        host.Func("[constructor]resource1", (call, arguments) => call.Own(resource, arguments[0].AsU32()));
        host.Func("[static]resource1.assert", (_, arguments) =>
        {
            using var given = arguments[0].AsResource();
            return (uint)given.Target == arguments[1].AsU32() ? null : throw new InvalidOperationException("the handle has another representation");
        });
        host.Func("[static]resource1.last-drop", (_, _) => ComponentValue.U32(lastDrop ?? 0));
        host.Func("[static]resource1.drops", (_, _) => ComponentValue.U32(drops));
        host.Func("[method]resource1.simple", (_, arguments) =>
            (uint)arguments[0].AsResource().Target == arguments[1].AsU32() ? null : throw new InvalidOperationException("the handle has another representation"));
        host.Func("[method]resource1.take-borrow", (_, _) => null);
        host.Func("[method]resource1.take-own", (_, arguments) =>
        {
            arguments[1].AsResource().Dispose();
            return null;
        });
    }
}
