namespace ClawGrains.Components.Wasi.Http;

internal static class HttpHost
{
    public static void Add(WasiLinker wasi) => _ = wasi;
}
