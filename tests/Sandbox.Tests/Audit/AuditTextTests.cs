using ClawGrains.Sandbox.Audit;

namespace ClawGrains.Sandbox.Tests.Audit;

public sealed class AuditTextTests
{
    [Theory]
    [InlineData("GET https://x/?api_key=abcdef&b=1", "GET https://x/?api_key=[redacted]&b=1")]
    [InlineData("https://me:pw@x/", "https://[redacted]@x/")]
    [InlineData("Bearer abcdefghijkl", "[redacted]")]
    [InlineData("{\"password\": \"hunter2\", \"a\": 1}", "{\"password\": \"[redacted]\", \"a\": 1}")]
    [InlineData("token=abc&x=1;secret: xyz", "token=[redacted]&x=1;secret: [redacted]")]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "[redacted]")]
    [InlineData("xoxb-1234567890-abcdef", "[redacted]")]
    [InlineData("AKIAABCDEFGHIJKLMNOP", "[redacted]")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-def", "[redacted]")]
    [InlineData("Authorization: Basic dXNlcjpwYXNzd29yZA==", "Authorization: [redacted]")]
    [InlineData("{\"password\":\"correct horse, battery\",\"a\":1}", "{\"password\":\"[redacted]\",\"a\":1}")]
    [InlineData("{\"token\":\"a\\\"b c\",\"a\":1}", "{\"token\":\"[redacted]\",\"a\":1}")]
    [InlineData("{\"body\":\"{\\\"secret\\\":\\\"a b\\\"}\"}", "{\"body\":\"{\\\"secret\\\":\\\"[redacted]\\\"}\"}")]
    [InlineData("{\"tokens\":[\"a\",\"b\"],\"c\":1}", "{\"tokens\":[[redacted]],\"c\":1}")]
    [InlineData("{\"credentials\":{\"user\":\"a\"},\"c\":1}", "{\"credentials\":{[redacted]},\"c\":1}")]
    [InlineData("password='a b' c", "password='[redacted]' c")]
    [InlineData("Authorization: Digest username=a, response=b", "Authorization: [redacted]")]
    [InlineData("{\"Authorization\":\"ApiKey a b\",\"c\":1}", "{\"Authorization\":\"[redacted]\",\"c\":1}")]
    [InlineData("passphrase: x; pwd=y", "passphrase: [redacted] pwd=[redacted]")]
    [InlineData("https://me:p@ss@x/a@b", "https://[redacted]@x/a@b")]
    [InlineData("plain", "plain")]
    public void Redact_BlotsOutSecrets(string text, string expected) => AuditText.Redact(text).ShouldBe(expected);

    [Fact]
    public void OneLine_EscapesWhatBreaksOrTurnsLines() => AuditText.OneLine("a\nb\u2028c\u202Ed\u001b[0m").ShouldBe("a\\nb\\u{2028}c\\u{202e}d\\u{1b}[0m");
}
