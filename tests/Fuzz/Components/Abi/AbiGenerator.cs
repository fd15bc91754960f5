using System.Text;
using ClawGrains.Components;
using ClawGrains.Components.Abi;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;
using FuncType = ClawGrains.Components.Types.FuncType;
using Rng = ClawGrains.Fuzz.Wasm.Generation.Rng;
using ValType = ClawGrains.Components.Types.ValType;

namespace ClawGrains.Fuzz.Components.Abi;

/// <summary>Function types and values by a seed: the same seed gives the same ones.</summary>
internal sealed class AbiGenerator(ulong seed)
{
    private const int MaxNodes = 60;
    private const int MaxTypeSize = 1024;
    private static readonly int[] CaseCounts = [1, 2, 3, 5, 255, 256, 257, 300];
    private static readonly string[] Texts = ["", "x", "plain ascii", "grüße", "日本語", "a\0b", "😀 mixed ü", "\u00ff\u0100", "é", "abc€"];
    private readonly Rng _rng = new(seed);
    private int _nodes;
    private int _items;

    public ulong Seed => seed;

    public Rng Rng => _rng;

    public StringEncoding Encoding { get; } = (StringEncoding)(seed % 3);

    /// <summary>A function of any value types but handles; every third one has more parameters than are passed flat.</summary>
    public FuncType Function()
    {
        _nodes = MaxNodes;
        var parameters = Types(_rng.Chance(1, 3) ? 17 + _rng.Below(3) : _rng.Below(5), 3);
        return new(Names("p", parameters.Length), parameters, _rng.Chance(1, 10) ? null : Type(4));
    }

    /// <summary>A function that can be compiled, of any types that can; every fourth has more parameters than are passed flat.</summary>
    public FuncType CompiledFunction()
    {
        _nodes = MaxNodes;
        var parameters = new List<ValType>();
        var left = _rng.Chance(1, 4) ? 100 : _rng.Below(17);
        for (var type = Compiled(3); parameters.Count < 14 && (left -= type.Flat?.Length ?? 17) >= 0; type = Compiled(3)) parameters.Add(type);
        return new(Names("p", parameters.Count), [.. parameters], _rng.Chance(1, 10) ? null : Compiled(4));
    }

    private ValType Compiled(int depth) => --_nodes <= 0 || depth == 0 ? Plain() : _rng.Below(14) switch
    {
        0 or 1 => new ListType(Compiled(depth - 1)),
        2 => new ListType(Primitive()),
        3 or 4 => new RecordType(Names("r", 4), [.. Enumerable.Range(0, 4).Select(_ => Compiled(depth - 1))]),
        5 => new TupleType([.. Enumerable.Range(0, _rng.Below(4) + 1).Select(_ => Compiled(depth - 1))]),
        6 => new FlagsType(Names("f", _rng.Below(32) + 1)),
        7 => new EnumType(Names("e", _rng.Pick([1, 2, 3, 9]))),
        8 => new OptionType(Compiled(depth - 1)),
        9 => new ResultType(_rng.Chance(1, 4) ? null : Compiled(depth - 1), _rng.Chance(1, 4) ? null : Compiled(depth - 1)),
        10 => new VariantType(Names("v", 4), [PrimitiveType.Of(PrimitiveKind.F64), null, PrimitiveType.Of(PrimitiveKind.String), new ListType(PrimitiveType.Of(PrimitiveKind.U16))]),
        _ => Plain(),
    };

    /// <summary>A function that can be compiled: scalars, strings and byte lists, and no more parameters than are passed flat.</summary>
    public FuncType PlainFunction()
    {
        var parameters = new List<ValType>();
        var left = _rng.Below(17);
        for (var type = Plain(); (left -= type.Flat!.Length) >= 0; type = Plain()) parameters.Add(type);
        return new(Names("p", parameters.Count), [.. parameters], _rng.Chance(1, 10) ? null : Plain());
    }

    /// <summary>A function that can be compiled, whose result is made of results, options and tuples and goes through memory.</summary>
    public FuncType FunctionWithResult()
    {
        var function = PlainFunction();
        var result = Composite(3);
        while (result.Flat is { Length: 1 }) result = Composite(3);
        return new(function.Names, function.Params, result);
    }

    private ValType Composite(int depth) => (depth == 0 ? 9 : _rng.Below(5)) switch
    {
        0 or 1 => new ResultType(_rng.Chance(1, 4) ? null : Composite(depth - 1), _rng.Chance(1, 4) ? null : Composite(depth - 1)),
        2 => new OptionType(Composite(depth - 1)),
        3 => new TupleType([.. Enumerable.Range(0, _rng.Below(4) + 1).Select(_ => Composite(depth - 1))]),
        _ => Plain(),
    };

    private ValType Plain() => _rng.Chance(1, 6) ? new ListType(PrimitiveType.Of(PrimitiveKind.U8)) : Primitive();

    private ValType Type(int depth)
    {
        while (true)
        {
            var type = --_nodes <= 0 || depth == 0 ? Primitive() : Any(depth - 1);
            if (type.Size <= MaxTypeSize) return type;
        }
    }

    private PrimitiveType Primitive() => PrimitiveType.Of((PrimitiveKind)_rng.Below(13));

    private ValType Any(int depth) => _rng.Below(16) switch
    {
        0 => new ListType(Type(depth)),
        1 => new ListType(Primitive(), _rng.Chance(1, 3) ? (uint)_rng.Below(5) + 1 : null),
        2 => new ListType(Type(depth), (uint)_rng.Below(4) + 1),
        3 => new MapType(Primitive(), Type(depth)),
        4 or 5 => new RecordType(Names("r", 4), Types(4, depth)),
        6 => new TupleType(Types(_rng.Below(5) + 1, depth)),
        7 => new FlagsType(Names("f", _rng.Below(32) + 1)),
        8 => new EnumType(Names("e", _rng.Pick(CaseCounts))),
        9 => new OptionType(Type(depth)),
        10 => new ResultType(Maybe(depth), Maybe(depth)),
        11 or 12 => Variant(_rng.Pick(CaseCounts), depth),
        _ => Primitive(),
    };

    private VariantType Variant(int count, int depth) =>
        new(Names("v", count), [.. Enumerable.Range(0, count).Select(i => i < 4 || i > 298 ? Maybe(depth) : null)]);

    private ValType? Maybe(int depth) => _rng.Chance(1, 3) ? null : Type(depth);

    private ValType[] Types(int count, int depth) => [.. Enumerable.Range(0, count).Select(_ => Type(depth))];

    private static string[] Names(string prefix, int count) => [.. Enumerable.Range(0, count).Select(i => $"{prefix}{i}")];

    /// <summary>Values, of which no more than some hundreds lie in lists.</summary>
    public ComponentValue[] Values(params ReadOnlySpan<ValType> types)
    {
        _items = 300;
        var values = new ComponentValue[types.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Value(types[i]);
        return values;
    }

    private ComponentValue Value(ValType type) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.String } => Text(),
        PrimitiveType p => Scalar(p.Kind),
        ListType { Element: PrimitiveType { Kind: PrimitiveKind.U8 } } l when _rng.Chance(1, 2) => Bytes(Count(l.Length)),
        ListType l => ComponentValue.List(Many(Count(l.Length), _ => Value(l.Element))),
        MapType m => ComponentValue.List(Many(Count(null), _ => ComponentValue.Tuple(Value(m.Key), Value(m.Value)))),
        RecordType r => ComponentValue.Record([.. Many(r.Names.Length, i => (r.Names[i], Value(r.Fields[i]))).Reverse()]),
        TupleType t => ComponentValue.Tuple(Many(t.Types.Length, i => Value(t.Types[i]))),
        FlagsType f => ComponentValue.Flags([.. f.Names.Where(_ => _rng.Chance(1, 2))]),
        EnumType e => ComponentValue.Enum(_rng.Pick(e.Names)),
        OptionType o => _rng.Chance(1, 3) ? ComponentValue.None : ComponentValue.Some(Value(o.Type)),
        ResultType r => _rng.Chance(1, 2) ? ComponentValue.Ok(Payload(r.Ok)) : ComponentValue.Error(Payload(r.Error)),
        VariantType v => Case(v, _rng.Below(_rng.Chance(2, 3) ? Math.Min(4, v.Names.Length) : v.Names.Length)),
        _ => throw new InvalidOperationException($"No values of type {type.Describe} are generated."),
    };

    private int Count(uint? length)
    {
        var count = (int?)length ?? Math.Min(_rng.Below(5), Math.Max(_items, 0));
        _items -= count;
        return count;
    }

    private static T[] Many<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];

    private ComponentValue Case(VariantType type, int index) => ComponentValue.Variant(type.Names[index], Payload(type.Cases[index]));

    private ComponentValue? Payload(ValType? type) => type is null ? null : Value(type);

    private ComponentValue Bytes(int length) => ComponentValue.Bytes(Many(length, _ => (byte)_rng.Bits()));

    /// <summary>The host's text, sometimes with a surrogate alone, or a guest's of any encoding that can hold it.</summary>
    private ComponentValue Text()
    {
        var text = _rng.Chance(1, 9) ? new string('é', _rng.Below(300)) : _rng.Pick(Texts);
        if (_rng.Chance(1, 2)) return ComponentValue.String(_rng.Chance(1, 9) ? text + "\ud800" : text);
        var encoding = (StringSourceEncoding)(_rng.Below(4) + 1);
        if (encoding == StringSourceEncoding.Latin1 && text.Any(c => c > 0xff)) encoding = StringSourceEncoding.CompactUtf16;
        var units = encoding == StringSourceEncoding.Utf8 ? System.Text.Encoding.UTF8.GetByteCount(text) : text.Length;
        return ComponentValue.LiftedString(text, new StringSource(encoding, (uint)units).Packed);
    }

    private ComponentValue Scalar(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Bool => ComponentValue.Bool(_rng.Chance(1, 2)),
        PrimitiveKind.S8 => ComponentValue.S8((sbyte)_rng.Integer()),
        PrimitiveKind.U8 => ComponentValue.U8((byte)_rng.Integer()),
        PrimitiveKind.S16 => ComponentValue.S16((short)_rng.Integer()),
        PrimitiveKind.U16 => ComponentValue.U16((ushort)_rng.Integer()),
        PrimitiveKind.S32 => ComponentValue.S32((int)_rng.Integer()),
        PrimitiveKind.U32 => ComponentValue.U32((uint)_rng.Integer()),
        PrimitiveKind.S64 => ComponentValue.S64(_rng.Integer()),
        PrimitiveKind.U64 => ComponentValue.U64((ulong)_rng.Integer()),
        PrimitiveKind.F32 => ComponentValue.F32(BitConverter.UInt32BitsToSingle(_rng.SingleBits())),
        PrimitiveKind.F64 => ComponentValue.F64(BitConverter.UInt64BitsToDouble(_rng.DoubleBits())),
        _ => ComponentValue.Char(_rng.Chance(1, 2) ? new Rune(_rng.Below(0xd800)) : new Rune(0xe000 + _rng.Below(0x102000))),
    };
}
