namespace ClawGrains.Sandbox.Autogen;

/// <summary>
/// Writes the module that holds the memory and gives it out. It is apart from the one that calls tools, because lowering an
/// import needs a memory that is there before the module that imports.
/// </summary>
internal static class MemoryGuest
{
    public const string Memory = "memory";
    public const string Realloc = "realloc";
    private const int PageBits = 16;
    // What lies beyond the last byte given out may be read, and does not count.
    private const int Beyond = 8;

    /// <param name="heap">The first address that may be given out.</param>
    public static byte[] Write(int heap)
    {
        var module = new CoreModule();
        module.DefineMemory(Memory, Pages(heap));
        var next = module.Global(heap);
        var realloc = module.Declare(4);
        module.Define(realloc, c => WriteRealloc(c, next));
        module.ExportFunction(Realloc, realloc);
        return module.ToArray();
    }

    public static int Pages(int heap) => ((heap + Beyond) >> PageBits) + 1;

    // Nothing is ever given back: an instance answers one call.
    private static void WriteRealloc(CoreCode c, int next)
    {
        const int Old = 0, OldSize = 1, Align = 2, Size = 3;
        var (at, end, pages) = (c.Local(), c.Local(), c.Local());
        c.GlobalGet(next).Get(Align).Add().Const(1).Sub().Const(0).Get(Align).Sub().And().Set(at);
        c.Get(at).Get(Size).Add().Tee(end).Get(at).LtU().If(() => c.Unreachable());
        c.Get(end).Const(Beyond + (1 << PageBits) - 1).Add().Const(PageBits).ShrU().Set(pages);
        c.MemorySize().Get(pages).LtU().If(() =>
            c.Get(pages).MemorySize().Sub().MemoryGrow().Const(-1).Eq().If(() => c.Unreachable()));
        c.Get(end).GlobalSet(next);
        c.Get(Old).If(() => c.Get(at).Get(Old).Get(OldSize).Get(Size).Get(OldSize).Get(Size).LtU().Select().MemoryCopy());
        c.Get(at);
    }
}
