using ClawGrains.Skills.Parsing;

namespace ClawGrains.Skills.Tests.Parsing;

public sealed class Json5ReaderTests
{
    [Theory]
    [InlineData("{a:1,'b':\"c\",}", "{\"a\":1,\"b\":\"c\"}")]
    [InlineData("[+1, -.5, 5., 0x1F, 1e3, Infinity, NaN]", "[1,-0.5,5,31,1000,null,null]")]
    [InlineData("// c\n{/* d */ $x: null, \\u0061b: true}", "{\"$x\":null,\"ab\":true}")]
    [InlineData("'a\\\nb\\x41\\'\\0'", "\"abA'\\u0000\"")]
    public void Value_OfJson5_IsRead(string text, string json) => JsonText.Write(Json5Reader.Read(text, out _)!, 1000).ShouldBe(json);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{,}")]
    [InlineData("[1 2]")]
    [InlineData("'a\nb'")]
    [InlineData("01")]
    [InlineData("truex")]
    [InlineData("{a b: 1}")]
    [InlineData("/* open")]
    [InlineData("1 2")]
    public void Value_Malformed_IsRefusedWithAReason(string text)
    {
        Json5Reader.Read(text, out var reason).ShouldBeNull();
        reason.ShouldNotBeEmpty();
    }

    [Fact]
    public void Value_NestedTooDeep_IsRefused() =>
        Json5Reader.Read(new string('[', 1_000_000), out var reason).ShouldBeNull(reason);
}
