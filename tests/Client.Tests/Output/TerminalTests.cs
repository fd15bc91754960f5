using ClawGrains.Client.Output;

namespace ClawGrains.Client.Tests.Output;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    [InlineData("two\r\nlines", "two\nlines")]
    [InlineData("over\rwritten", "over\nwritten")]
    [InlineData("\e[2Jcleared \a", " [2Jcleared  ")]
    [InlineData("turned \u202earound", "turned  around")]
    public void PlainLines_KeepLines_AndNothingThatSteers(string text, string plain) => Terminal.PlainLines(text).ShouldBe(plain);
}
