using System.Diagnostics.CodeAnalysis;

namespace ClawGrains.Contracts;

/// <summary>
/// A tenant. Every grain key, file, secret, quota and audit row belongs to one.
/// 1 to 63 characters of <c>a-z 0-9 -</c>, beginning and ending with a letter or digit (a DNS label), so that it
/// can stand in a path, a key and a host name as it is.
/// </summary>
public readonly record struct TenantId
{
    private readonly string? _value;

    private TenantId(string value) => _value = value;

    /// <summary>The tenant of a host that was not told of others.</summary>
    public static TenantId Default { get; } = new("default");

    /// <summary>The text of the id.</summary>
    public string Value => _value ?? Default._value!;

    /// <summary>Reads a tenant id.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not one; the message says what is allowed.</exception>
    public static TenantId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a tenant id: use 1 to 63 of a-z, 0-9 and '-', not at the ends.");

    /// <summary>Reads a tenant id; false where <paramref name="text"/> is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId id)
    {
        var ok = text is { Length: >= 1 and <= 63 } && text[0] != '-' && text[^1] != '-' && text.All(IsAllowed);
        id = ok ? new TenantId(text!) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsAllowed(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
}
