namespace ClawGrains.Wasm.Spec.Script;

/// <summary>
/// An argument or an expected result. Numbers are the decimal text of their unsigned bits, or
/// <c>nan:canonical</c> / <c>nan:arithmetic</c>; references are <c>null</c>, a host number, or absent for "any".
/// </summary>
internal sealed record SpecValue(string Type)
{
    public string? Text { get; init; }

    /// <summary>The lanes of a <c>v128</c>, lowest first.</summary>
    public IReadOnlyList<string> Lanes { get; init; } = [];

    /// <summary><c>i8</c>, <c>i16</c>, <c>i32</c>, <c>i64</c>, <c>f32</c> or <c>f64</c> for a <c>v128</c>.</summary>
    public string LaneType { get; init; } = "i32";

    /// <summary>The permitted values of an <c>either</c>.</summary>
    public IReadOnlyList<SpecValue> Alternatives { get; init; } = [];

    public override string ToString() => Type switch
    {
        "either" => $"either({string.Join(" | ", Alternatives)})",
        "v128" => $"v128 {LaneType}({string.Join(' ', Lanes)})",
        _ => Text is null ? Type : $"{Type} {Text}",
    };
}
