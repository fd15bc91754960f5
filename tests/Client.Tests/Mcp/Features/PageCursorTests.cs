using ClawGrains.Client.Mcp.Features;

namespace ClawGrains.Client.Tests.Mcp.Features;

public sealed class PageCursorTests
{
    [Fact]
    public void Cursor_Encoded_ComesBack()
    {
        var cursor = new PageCursor("tools/list", "12.3", 400);
        PageCursor.TryDecode(cursor.Encode()).ShouldBe(cursor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("invalid!")]
    [InlineData("dG9vbHM")]
    [InlineData("YXxifC0x")]
    [InlineData("YXxifDFffDI")]
    public void Text_ThatIsNoCursor_IsNull(string text) => PageCursor.TryDecode(text).ShouldBeNull();

    [Fact]
    public void Text_OfEndlessLength_IsNull() => PageCursor.TryDecode(new string('A', 100_000)).ShouldBeNull();
}
