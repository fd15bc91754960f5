namespace ClawGrains.Sandbox.Autogen;

/// <summary>
/// Writes functions that check JSON and find members in it (RFC 8259). A position is an address; a function that reads
/// something gives the address after it, or <see cref="Bad"/>. Values are only ever copied after they were checked, so
/// nothing that a caller sends can break out of its place in another text.
/// </summary>
internal sealed class JsonGuest
{
    /// <summary>What is not JSON.</summary>
    public const int Bad = -1;

    /// <summary>How deep values may nest.</summary>
    public const int MaxDepth = 64;

    private readonly CoreModule _module;
    private readonly StaticData _data;
    private readonly int _digits;
    private readonly int _string;
    private readonly int _number;

    public JsonGuest(CoreModule module, StaticData data)
    {
        (_module, _data) = (module, data);
        Equal = module.Declare(3);
        Space = module.Declare(2);
        _digits = module.Declare(2);
        _string = module.Declare(2);
        _number = module.Declare(2);
        Value = module.Declare(3);
        Find = module.Declare(4);
        FoundEnd = module.Global(0);
        module.Define(Equal, WriteEqual);
        module.Define(Space, WriteSpace);
        module.Define(_digits, WriteDigits);
        module.Define(_string, WriteString);
        module.Define(_number, WriteNumber);
        module.Define(Value, WriteValue);
        module.Define(Find, WriteFind);
    }

    /// <summary>(a, b, length) → whether the bytes are the same.</summary>
    public int Equal { get; }

    /// <summary>(at, end) → the address after white space.</summary>
    public int Space { get; }

    /// <summary>(at, end, depth) → the address after a value.</summary>
    public int Value { get; }

    /// <summary>(at, end, key, length) → the address of a member's value in a checked object, or 0; its end is in <see cref="FoundEnd"/>.</summary>
    public int Find { get; }

    /// <summary>The global that holds the end of what was found.</summary>
    public int FoundEnd { get; }

    private static void WriteEqual(CoreCode c)
    {
        const int A = 0, B = 1, Length = 2;
        c.While(() => c.Get(Length), () =>
        {
            c.Get(A).LoadByte().Get(B).LoadByte().Ne().If(() => c.Const(0).Return());
            Step(c, A);
            Step(c, B);
            c.Get(Length).Const(1).Sub().Set(Length);
        });
        c.Const(1);
    }

    private static void WriteSpace(CoreCode c)
    {
        const int At = 0, End = 1;
        var b = c.Local();
        c.While(() => c.Get(At).Get(End).LtU(), () =>
        {
            c.Get(At).LoadByte().Set(b);
            IsOneOf(c, b, " \t\n\r");
            c.Not().If(() => c.Get(At).Return());
            Step(c, At);
        });
        c.Get(At);
    }

    private static void WriteDigits(CoreCode c)
    {
        const int At = 0, End = 1;
        var start = c.Local();
        c.Get(At).Set(start);
        c.While(() => c.Get(At).Get(End).LtU(), () =>
        {
            c.Get(At).LoadByte().Const('0').Sub().Const(9).GtU().If(() => OrBad(c, At, start));
            Step(c, At);
        });
        OrBad(c, At, start);
    }

    // The address, or Bad where nothing was passed over.
    private static void OrBad(CoreCode c, int at, int start) =>
        c.Const(Bad).Get(at).Get(at).Get(start).Eq().Select().Return();

    private static void WriteString(CoreCode c)
    {
        const int At = 0, End = 1;
        var (b, left) = (c.Local(), c.Local());
        Step(c, At);
        c.Forever(() =>
        {
            Next(c, At, End, b);
            Is(c, b, '"').If(() => c.Get(At).Return());
            c.Get(b).Const(0x20).LtU().If(() => c.Const(Bad).Return());
            Is(c, b, '\\').If(() =>
            {
                Next(c, At, End, b);
                Is(c, b, 'u').If(
                    () =>
                    {
                        c.Const(4).Set(left);
                        c.While(() => c.Get(left), () =>
                        {
                            Next(c, At, End, b);
                            IsHex(c, b);
                            c.Not().If(() => c.Const(Bad).Return());
                            c.Get(left).Const(1).Sub().Set(left);
                        });
                    },
                    () =>
                    {
                        IsOneOf(c, b, "\"\\/bfnrt");
                        c.Not().If(() => c.Const(Bad).Return());
                    });
            });
        });
    }

    private void WriteNumber(CoreCode c)
    {
        const int At = 0, End = 1;
        IfAt(c, At, End, "-", () => Step(c, At));
        IfAt(c, At, End, "0", () => Step(c, At), () => Digits(c, At, End));
        IfAt(c, At, End, ".", () =>
        {
            Step(c, At);
            Digits(c, At, End);
        });
        IfAt(c, At, End, "eE", () =>
        {
            Step(c, At);
            IfAt(c, At, End, "+-", () => Step(c, At));
            Digits(c, At, End);
        });
        c.Get(At);
    }

    private void Digits(CoreCode c, int at, int end)
    {
        c.Get(at).Get(end).Call(_digits).Tee(at).Const(Bad).Eq().If(() => c.Const(Bad).Return());
    }

    private void WriteValue(CoreCode c)
    {
        const int At = 0, End = 1, Depth = 2;
        var b = c.Local();
        c.Get(At).Get(End).Call(Space).Set(At);
        c.Get(Depth).Not().Get(At).Get(End).GeU().Or().If(() => c.Const(Bad).Return());
        c.Get(At).LoadByte().Set(b);
        Is(c, b, '"').If(() => c.Get(At).Get(End).Call(_string).Return());
        Is(c, b, '{').If(() => Members(c, (At, End, Depth, b), '}', () => Key(c, At, End, b)));
        Is(c, b, '[').If(() => Members(c, (At, End, Depth, b), ']', () => { }));
        foreach (var word in (string[])["true", "false", "null"]) Is(c, b, word[0]).If(() => Word(c, At, End, word));
        c.Get(At).Get(End).Call(_number);
    }

    private void Members(CoreCode c, (int At, int End, int Depth, int Byte) l, char close, Action key)
    {
        Step(c, l.At);
        c.Get(l.At).Get(l.End).Call(Space).Set(l.At);
        IfAt(c, l.At, l.End, close.ToString(), () => c.Get(l.At).Const(1).Add().Return());
        c.Forever(() =>
        {
            key();
            c.Get(l.At).Get(l.End).Get(l.Depth).Const(1).Sub().Call(Value).Tee(l.At).Const(Bad).Eq().If(() => c.Const(Bad).Return());
            c.Get(l.At).Get(l.End).Call(Space).Set(l.At);
            Next(c, l.At, l.End, l.Byte);
            Is(c, l.Byte, close).If(() => c.Get(l.At).Return());
            Is(c, l.Byte, ',').Not().If(() => c.Const(Bad).Return());
        });
    }

    private void Key(CoreCode c, int at, int end, int b)
    {
        c.Get(at).Get(end).Call(Space).Set(at);
        IfAt(c, at, end, "\"", () => { }, () => c.Const(Bad).Return());
        c.Get(at).Get(end).Call(_string).Tee(at).Const(Bad).Eq().If(() => c.Const(Bad).Return());
        c.Get(at).Get(end).Call(Space).Set(at);
        Next(c, at, end, b);
        Is(c, b, ':').Not().If(() => c.Const(Bad).Return());
    }

    private void Word(CoreCode c, int at, int end, string word)
    {
        var place = _data.Text(word);
        c.Get(end).Get(at).Sub().Const(place.Length).LtU().If(() => c.Const(Bad).Return());
        c.Get(at).Const(place.At).Const(place.Length).Call(Equal).Not().If(() => c.Const(Bad).Return());
        c.Get(at).Const(place.Length).Add().Return();
    }

    // The object was checked, so every key and value ends well. Of members with the same name the last counts.
    private void WriteFind(CoreCode c)
    {
        const int At = 0, End = 1, Name = 2, Length = 3;
        var (found, key, keyEnd, value) = (c.Local(), c.Local(), c.Local(), c.Local());
        c.Get(At).Get(End).Call(Space).Const(1).Add().Get(End).Call(Space).Set(At);
        c.While(() => c.Get(At).LoadByte().Const('"').Eq(), () =>
        {
            c.Get(At).Const(1).Add().Set(key);
            c.Get(At).Get(End).Call(_string).Tee(At).Const(1).Sub().Set(keyEnd);
            c.Get(At).Get(End).Call(Space).Const(1).Add().Get(End).Call(Space).Set(value);
            c.Get(value).Get(End).Const(MaxDepth).Call(Value).Set(At);
            c.Get(keyEnd).Get(key).Sub().Get(Length).Eq().If(() =>
                c.Get(key).Get(Name).Get(Length).Call(Equal).If(() => c.Get(value).Set(found).Get(At).GlobalSet(FoundEnd)));
            // Past the comma; past the brace there is nothing that begins a key.
            c.Get(At).Get(End).Call(Space).Tee(At).LoadByte().Const(',').Eq().If(() => c.Get(At).Const(1).Add().Get(End).Call(Space).Set(At));
        });
        c.Get(found);
    }

    private static CoreCode Is(CoreCode c, int b, char wanted) => c.Get(b).Const(wanted).Eq();

    private static void Step(CoreCode c, int at) => c.Get(at).Const(1).Add().Set(at);

    // Takes the next byte; gives up where there is none.
    private static void Next(CoreCode c, int at, int end, int b)
    {
        c.Get(at).Get(end).GeU().If(() => c.Const(Bad).Return());
        c.Get(at).LoadByte().Set(b);
        Step(c, at);
    }

    private static void IfAt(CoreCode c, int at, int end, string oneOf, Action then, Action? otherwise = null)
    {
        // Memory is readable at `end`, which is never its last byte, but what is there does not count.
        c.Get(at).Get(end).LtU();
        var first = true;
        foreach (var b in oneOf)
        {
            c.Get(at).LoadByte().Const(b).Eq();
            if (!first) c.Or();
            first = false;
        }
        c.And().If(then, otherwise);
    }

    private static void IsOneOf(CoreCode c, int b, string set)
    {
        for (var i = 0; i < set.Length; i++)
        {
            c.Get(b).Const(set[i]).Eq();
            if (i > 0) c.Or();
        }
    }

    private static void IsHex(CoreCode c, int b)
    {
        c.Get(b).Const('0').Sub().Const(10).LtU();
        c.Get(b).Const(0x20).Or().Const('a').Sub().Const(6).LtU().Or();
    }
}
