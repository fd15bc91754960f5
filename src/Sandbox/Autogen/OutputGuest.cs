namespace ClawGrains.Sandbox.Autogen;

/// <summary>Writes functions that append to one text that grows.</summary>
internal sealed class OutputGuest
{
    private const int FirstCapacity = 1024;
    private readonly int _capacity;
    private readonly int _realloc;
    private readonly StaticText _digits;

    public OutputGuest(CoreModule module, StaticData data, int realloc)
    {
        (_realloc, _digits) = (realloc, data.Text("0123456789abcdef"));
        (Start, Length, _capacity) = (module.Global(0), module.Global(0), module.Global(0));
        Append = module.Declare(2, results: 0);
        Byte = module.Declare(1, results: 0);
        Quote = module.Declare(2, results: 0);
        module.Define(Append, WriteAppend);
        module.Define(Byte, WriteByte);
        module.Define(Quote, WriteQuote);
    }

    /// <summary>The global with the text's address.</summary>
    public int Start { get; }

    /// <summary>The global with its length.</summary>
    public int Length { get; }

    /// <summary>(at, length): appends bytes.</summary>
    public int Append { get; }

    /// <summary>(byte): appends one.</summary>
    public int Byte { get; }

    /// <summary>(at, length): appends UTF-8 as a JSON string.</summary>
    public int Quote { get; }

    /// <summary>Appends a text of the module.</summary>
    public void AppendText(CoreCode c, StaticText text)
    {
        if (text.Length > 0) c.Const(text.At).Const(text.Length).Call(Append);
    }

    private void WriteAppend(CoreCode c)
    {
        const int At = 0, Count = 1;
        Reserve(c, () => c.Get(Count));
        c.GlobalGet(Start).GlobalGet(Length).Add().Get(At).Get(Count).MemoryCopy();
        c.GlobalGet(Length).Get(Count).Add().GlobalSet(Length);
    }

    private void WriteByte(CoreCode c)
    {
        Reserve(c, () => c.Const(1));
        c.GlobalGet(Start).GlobalGet(Length).Add().Get(0).StoreByte();
        c.GlobalGet(Length).Const(1).Add().GlobalSet(Length);
    }

    // Doubles the room, or takes what is needed where that is more; a sum that wraps around traps when memory is grown.
    private void Reserve(CoreCode c, Action count)
    {
        var (needed, doubled) = (c.Local(), c.Local());
        c.GlobalGet(Length);
        count();
        c.Add().Tee(needed).GlobalGet(Length).LtU().If(() => c.Unreachable());
        c.Get(needed).GlobalGet(_capacity).GtU().If(() =>
        {
            c.GlobalGet(_capacity).Const(1).Shl().Const(FirstCapacity).Add().Set(doubled);
            c.Get(needed).Get(doubled).Get(needed).Get(doubled).GtU().Select().Set(needed);
            c.GlobalGet(Start).GlobalGet(Length).Const(1).Get(needed).Call(_realloc).GlobalSet(Start);
            c.Get(needed).GlobalSet(_capacity);
        });
    }

    private void WriteQuote(CoreCode c)
    {
        const int At = 0, Count = 1;
        var b = c.Local();
        c.Const('"').Call(Byte);
        c.While(() => c.Get(Count), () =>
        {
            c.Get(At).LoadByte().Set(b);
            c.Get(b).Const(0x20).LtU().If(
                () =>
                {
                    foreach (var s in "\\u00") c.Const(s).Call(Byte);
                    c.Get(b).Const(4).ShrU().LoadByte(_digits.At).Call(Byte);
                    c.Get(b).Const(15).And().LoadByte(_digits.At).Call(Byte);
                },
                () =>
                {
                    c.Get(b).Const('"').Eq().Get(b).Const('\\').Eq().Or().If(() => c.Const('\\').Call(Byte));
                    c.Get(b).Call(Byte);
                });
            c.Get(At).Const(1).Add().Set(At);
            c.Get(Count).Const(1).Sub().Set(Count);
        });
        c.Const('"').Call(Byte);
    }
}
