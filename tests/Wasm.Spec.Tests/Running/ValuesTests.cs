using System.Runtime.Intrinsics;
using ClawGrains.Wasm.Spec.Running;
using ClawGrains.Wasm.Spec.Script;

namespace ClawGrains.Wasm.Spec.Tests.Running;

public sealed class ValuesTests
{
    [Theory]
    [InlineData(0x7FC00000u, "nan:canonical", true)]
    [InlineData(0xFFC00000u, "nan:canonical", true)]
    [InlineData(0x7FC00001u, "nan:canonical", false)]
    [InlineData(0x7FC00001u, "nan:arithmetic", true)]
    [InlineData(0x7FA00000u, "nan:arithmetic", false)]
    [InlineData(0x7F800000u, "nan:arithmetic", false)]
    [InlineData(0x80000000u, "2147483648", true)]
    [InlineData(0x00000000u, "2147483648", false)]
    public void Matches_OfF32_ComparesBitsOrNanPatterns(uint actual, string expected, bool matches) =>
        Values.Matches(Value.F32(BitConverter.UInt32BitsToSingle(actual)), new SpecValue("f32") { Text = expected }).ShouldBe(matches);

    [Theory]
    [InlineData(0x7FF8000000000000ul, "nan:canonical", true)]
    [InlineData(0x7FF8000000000001ul, "nan:canonical", false)]
    [InlineData(0xFFF8000000000001ul, "nan:arithmetic", true)]
    [InlineData(0x7FF4000000000000ul, "nan:arithmetic", false)]
    public void Matches_OfF64_ComparesBitsOrNanPatterns(ulong actual, string expected, bool matches) =>
        Values.Matches(Value.F64(BitConverter.UInt64BitsToDouble(actual)), new SpecValue("f64") { Text = expected }).ShouldBe(matches);

    [Fact]
    public void Matches_OfVector_ComparesEachLaneByItsType()
    {
        var actual = Value.V128(Vector128.Create(1f, float.NaN, -0f, 2f).AsByte());
        string[] lanes = ["1065353216", "nan:arithmetic", "2147483648", "1073741824"];
        Values.Matches(actual, new SpecValue("v128") { LaneType = "f32", Lanes = lanes }).ShouldBeTrue();
        Values.Matches(actual, new SpecValue("v128") { LaneType = "f32", Lanes = [.. lanes[..3], "0"] }).ShouldBeFalse();
    }

    [Theory]
    [InlineData("i8", "1 0 2 0 3 0 4 0 5 0 6 0 7 0 255 255")]
    [InlineData("i16", "1 2 3 4 5 6 7 65535")]
    [InlineData("i32", "131073 262147 393221 4294901767")]
    [InlineData("i64", "1125912791875585 18446462628798005253")]
    public void ToArgument_OfVector_PutsLanesInOrder(string type, string lanes)
    {
        var value = new SpecValue("v128") { LaneType = type, Lanes = lanes.Split(' ') };
        Values.ToArgument(value, ValueKind.V128).AsV128().ShouldBe(Vector128.Create((ushort)1, 2, 3, 4, 5, 6, 7, 65535).AsByte());
    }

    [Theory]
    [InlineData("externref", "7", "7", true)]
    [InlineData("externref", "7", "8", false)]
    [InlineData("externref", "7", null, true)]
    [InlineData("externref", "null", "null", true)]
    [InlineData("externref", "null", null, false)]
    [InlineData("externref", "7", "null", false)]
    public void Matches_OfExternref_ComparesHostObjects(string type, string given, string? expected, bool matches)
    {
        var actual = Values.ToArgument(new SpecValue(type) { Text = given }, ValueKind.ExternRef);
        Values.Matches(actual, new SpecValue(type) { Text = expected }).ShouldBe(matches);
    }

    [Fact]
    public void Matches_OfNull_KeepsKindsApart()
    {
        Values.Matches(Value.FuncRef(null), new SpecValue("externref") { Text = "null" }).ShouldBeFalse();
        Values.Matches(Value.FuncRef(null), new SpecValue("ref") { Text = "null" }).ShouldBeTrue();
    }

    [Fact]
    public void Matches_OfEither_TakesAnyAlternative()
    {
        var either = new SpecValue("either") { Alternatives = [new("i32") { Text = "1" }, new("i32") { Text = "2" }] };
        Values.Matches(Value.I32(2), either).ShouldBeTrue();
        Values.Matches(Value.I32(3), either).ShouldBeFalse();
        Values.Matches(Value.I64(2), either).ShouldBeFalse();
    }
}
