using System.Text;
using System.Text.Json;
using ClawGrains.Client.Api;
using ClawGrains.Client.Output;

namespace ClawGrains.Client.Tests.Output;

public sealed class PlainJsonTests
{
    [Theory]
    [InlineData("plain `words` <b> & 'größe'", "plain `words` <b> & 'größe'")]
    [InlineData("🔧 at the start and the end 🔧", "🔧 at the start and the end 🔧")]
    [InlineData("turn \u202e around", @"turn \u202e around")]
    [InlineData("\u2028", @"\u2028")]
    [InlineData("\u061c", @"\u061c")]
    [InlineData("dash — and “quotes”", "dash — and “quotes”")]
    [InlineData(@"C:\dir\uD83D\uDD27", @"C:\\dir\\uD83D\\uDD27")]
    [InlineData("\\🔧\\", @"\\🔧\\")]
    [InlineData("tab\tquote\"", @"tab\tquote\""")]
    public void Text_Written_IsEscapedWhereJsonOrATerminalWantsIt(string text, string written)
    {
        var json = PlainJson.Compact(new ApiError("x", text), ClientJson.Default.ApiError);
        json.ShouldContain($"\"{written}\"");
        JsonSerializer.Deserialize(json, ClientJson.Default.ApiError)!.Message.ShouldBe(text);
        using var output = new MemoryStream();
        PlainJson.WriteIndented(output, new ApiError("x", text), ClientJson.Default.ApiError);
        Encoding.UTF8.GetString(output.ToArray()).ShouldBe(PlainJson.Indented(new ApiError("x", text), ClientJson.Default.ApiError) + "\n");
    }
}
