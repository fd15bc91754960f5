namespace ClawGrains.Components.Types;

/// <summary>A variant: discriminant first, payload at <see cref="PayloadOffset"/> whichever the case.</summary>
internal sealed class VariantType : ValType
{
    public VariantType(string[] names, ValType?[] cases)
    {
        Names = names;
        Cases = cases;
        var payloads = cases.OfType<ValType>().ToArray();
        DiscriminantSize = names.Length <= 0x100 ? 1u : names.Length <= 0x10000 ? 2u : 4u;
        TypeSize = 1 + payloads.Sum(p => p.TypeSize);
        Depth = 1 + payloads.Select(p => p.Depth).DefaultIfEmpty(0).Max();
        MentionsResource = payloads.Any(p => p.MentionsResource);
        ContainsBorrow = payloads.Any(p => p.ContainsBorrow);
        ContainsPointer = payloads.Any(p => p.ContainsPointer);
        var payloadAlignment = payloads.Select(p => p.Alignment).DefaultIfEmpty(1u).Max();
        var payloadAlignment64 = payloads.Select(p => p.Alignment64).DefaultIfEmpty(1u).Max();
        Alignment = Math.Max(DiscriminantSize, payloadAlignment);
        Alignment64 = Math.Max(DiscriminantSize, payloadAlignment64);
        PayloadOffset = Align(DiscriminantSize, payloadAlignment);
        var size = PayloadOffset + payloads.Select(p => (ulong)p.Size).DefaultIfEmpty(0ul).Max();
        Size = (uint)Math.Min(uint.MaxValue, Align(size, Alignment));
        Size64 = Align(Align(DiscriminantSize, payloadAlignment64) + payloads.Select(p => p.Size64).DefaultIfEmpty(0ul).Max(), Alignment64);
        Flat = Join(payloads);
    }

    public string[] Names { get; }

    /// <summary>The payload of each case, or null where it has none.</summary>
    public ValType?[] Cases { get; }

    public uint DiscriminantSize { get; }

    public uint PayloadOffset { get; }

    public override string Describe => "variant";

    protected override TypeDef Copy() => new VariantType(Names, Cases);

    private static CoreValType[]? Join(ValType[] payloads)
    {
        var flat = new List<CoreValType> { CoreValType.I32 };
        foreach (var payload in payloads)
        {
            if (payload.Flat is null || payload.Flat.Length >= MaxFlat) return null;
            for (var i = 0; i < payload.Flat.Length; i++)
            {
                if (i + 1 < flat.Count) flat[i + 1] = Join(flat[i + 1], payload.Flat[i]);
                else flat.Add(payload.Flat[i]);
            }
        }
        return [.. flat];
    }

    private static CoreValType Join(CoreValType a, CoreValType b) => (a, b) switch
    {
        _ when a == b => a,
        (CoreValType.I32, CoreValType.F32) or (CoreValType.F32, CoreValType.I32) => CoreValType.I32,
        _ => CoreValType.I64,
    };
}

/// <summary>The three sugared variants share everything but their written form.</summary>
internal abstract class SugaredVariant : ValType
{
    private readonly VariantType _variant;

    protected SugaredVariant(string[] names, ValType?[] cases)
    {
        _variant = new VariantType(names, cases);
        (TypeSize, Depth, MentionsResource, ContainsBorrow) = (_variant.TypeSize, _variant.Depth, _variant.MentionsResource, _variant.ContainsBorrow);
        (Size, Alignment, Size64, Alignment64) = (_variant.Size, _variant.Alignment, _variant.Size64, _variant.Alignment64);
        (Flat, ContainsPointer) = (_variant.Flat, _variant.ContainsPointer);
    }

    public override ValType Despecialized => _variant;
}

internal sealed class EnumType(string[] names) : SugaredVariant(names, new ValType?[names.Length])
{
    public string[] Names { get; } = names;

    public override string Describe => "enum";

    protected override TypeDef Copy() => new EnumType(Names);
}

internal sealed class OptionType(ValType type) : SugaredVariant(["none", "some"], [null, type])
{
    public ValType Type { get; } = type;

    public override string Describe => "option";

    protected override TypeDef Copy() => new OptionType(Type);
}

internal sealed class ResultType(ValType? ok, ValType? error) : SugaredVariant(["ok", "error"], [ok, error])
{
    public ValType? Ok { get; } = ok;

    public ValType? Error { get; } = error;

    public override string Describe => "result";

    protected override TypeDef Copy() => new ResultType(Ok, Error);
}
