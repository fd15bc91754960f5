using System.Globalization;
using System.Text;

namespace ClawGrains.Client.Mcp.Features;

/// <summary>
/// Where the next page begins: which list, in which index, at which item. Opaque to clients; naming the index keeps
/// a listing that is under way on the index it began with.
/// </summary>
/// <param name="List">The list, for example <c>tools</c>.</param>
/// <param name="Version">The version of the index.</param>
/// <param name="Offset">The first item of the page.</param>
internal readonly record struct PageCursor(string List, string Version, int Offset)
{
    /// <summary>The text a client sends back.</summary>
    public string Encode() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{List}|{Version}|{Offset}"))
        .TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Reads a cursor; null where <paramref name="text"/> was not made by <see cref="Encode"/>.</summary>
    public static PageCursor? TryDecode(string text)
    {
        if (text.Length > 512) return null;
        var base64 = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - text.Length % 4) % 4);
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length)) return null;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split('|');
        if (parts.Length != 3 || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return null;
        var cursor = new PageCursor(parts[0], parts[1], offset);
        return cursor.Encode() == text ? cursor : null;
    }
}
