using ClawGrains.Sandbox.Audit;

namespace ClawGrains.Sandbox.Tests.Audit;

public sealed class AuditTextTests
{
    [Theory]
    [InlineData("GET https://x/?api_key=abcdef&b=1", "GET https://x/?api_key=[redacted]&b=1")]
    [InlineData("https://me:pw@x/", "https://[redacted]@x/")]
    [InlineData("Bearer abcdefghijkl", "[redacted]")]
    [InlineData("plain", "plain")]
    public void Redact_BlotsOutSecrets(string text, string expected) => AuditText.Redact(text).ShouldBe(expected);

    [Fact]
    public void OneLine_EscapesWhatBreaksOrTurnsLines() => AuditText.OneLine("a\nb\u2028c\u202Ed\u001b[0m").ShouldBe("a\\nb\\u{2028}c\\u{202e}d\\u{1b}[0m");
}
