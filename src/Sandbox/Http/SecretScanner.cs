using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace ClawGrains.Sandbox.Http;

/// <summary>
/// Blots out secrets in what reaches a plugin or leaves it: as they are, and in base64 (also for URLs, and inside another
/// text), hexadecimal (also with separators), URL encoding (of some or all characters), JSON and HTML escapes, UTF-16, UTF-8
/// taken for Latin-1, and backwards. A plugin that could transform a secret never had it: this catches services that echo.
/// </summary>
public sealed class SecretScanner
{
    /// <summary>Secrets shorter than this are not looked for: they would match anywhere.</summary>
    public const int MinLength = 6;

    private readonly string[] _forms;

    /// <param name="secrets">The values.</param>
    public SecretScanner(IEnumerable<string> secrets) =>
        _forms = [.. secrets.Where(s => s.Length >= MinLength).SelectMany(Forms).Where(f => f.Length >= MinLength).Distinct().OrderByDescending(f => f.Length)];

    /// <summary>Looks for nothing.</summary>
    public static SecretScanner None { get; } = new([]);

    /// <summary>The text with every form of every secret replaced by <c>[redacted]</c>.</summary>
    public string Clean(string text)
    {
        foreach (var form in _forms)
            text = text.Replace(form, "[redacted]", StringComparison.OrdinalIgnoreCase);
        return text;
    }

    /// <summary>Whether some form of some secret is in the text.</summary>
    public bool Finds(string text) => _forms.Any(f => text.Contains(f, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return WebUtility.UrlEncode(secret);
        yield return secret.Replace(' ', '+');
        yield return System.Text.Json.JsonEncodedText.Encode(secret).Value;
        yield return System.Text.Json.JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
        // As PHP writes it.
        yield return secret.Replace("/", "\\/", StringComparison.Ordinal);
        yield return string.Concat(secret.Select(c => $"\\u{(int)c:x4}"));
        yield return WebUtility.HtmlEncode(secret);
        // As template engines write it.
        yield return WebUtility.HtmlEncode(secret).Replace("/", "&#x2F;", StringComparison.Ordinal).Replace("=", "&#x3D;", StringComparison.Ordinal);
        yield return string.Concat(secret.Select(c => $"&#{(int)c};"));
        yield return string.Concat(secret.Select(c => $"&#x{(int)c:x};"));
        yield return string.Join('\0', (IEnumerable<char>)secret);
        yield return Encoding.Latin1.GetString(bytes);
        yield return string.Concat(bytes.Select(b => $"%{b:X2}"));
        yield return Convert.ToHexString(bytes);
        yield return BitConverter.ToString(bytes);
        yield return BitConverter.ToString(bytes).Replace('-', ':');
        yield return BitConverter.ToString(bytes).Replace('-', ' ');
        yield return new string([.. secret.Reverse()]);
        // Base64 of a text in which the secret stands at any of three offsets; the ends that depend on neighbours are cut.
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String([.. new byte[offset], .. bytes]).TrimEnd('=');
            var from = offset == 0 ? 0 : offset + 1;
            var tail = (offset + bytes.Length) % 3 == 0 ? 0 : 1;
            var core = text[from..Math.Max(from, text.Length - tail)];
            yield return core;
            yield return core.Replace('+', '-').Replace('/', '_');
        }
    }
}
