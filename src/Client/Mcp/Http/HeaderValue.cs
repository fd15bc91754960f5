using System.Text;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>Header values that mirror values of the body (SEP-2243): plain, or <c>=?base64?…?=</c> where they are not plain ASCII.</summary>
internal static class HeaderValue
{
    private const string Prefix = "=?base64?";
    private const string Suffix = "?=";

    /// <summary>The value, or null where the header has other characters than RFC 9110 allows or broken Base64.</summary>
    public static string? Decode(string header)
    {
        if (header.Any(c => c is not ('\t' or (>= ' ' and <= '~')))) return null;
        if (!header.StartsWith(Prefix, StringComparison.Ordinal) || !header.EndsWith(Suffix, StringComparison.Ordinal)
            || header.Length < Prefix.Length + Suffix.Length)
            return header;
        var text = header[Prefix.Length..^Suffix.Length];
        var bytes = new byte[text.Length];
        // Base64 of this length and padding is what an encoder makes; the framework's decoder alone is more lenient.
        return text.Length % 4 == 0 && !text.Any(char.IsWhiteSpace) && Convert.TryFromBase64String(text, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }
}
