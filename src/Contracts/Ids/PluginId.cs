namespace ClawGrains.Contracts;

/// <summary>
/// The id of a plugin: 1 to 128 of <c>a-z A-Z 0-9 . _ -</c>, beginning with a letter or digit
/// (for example <c>com.example.weather</c>).
/// </summary>
public readonly record struct PluginId
{
    private readonly string? _value;

    /// <param name="value">The id.</param>
    /// <exception cref="FormatException"><paramref name="value"/> is not a plugin id.</exception>
    public PluginId(string value)
    {
        if (!IsValid(value))
            throw new FormatException($"'{value}' is not a plugin id: 1 to 128 of a-z, A-Z, 0-9, '.', '_' and '-', a letter or digit first.");
        _value = value;
    }

    /// <summary>The text of the id.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether <paramref name="value"/> can be a plugin's id.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: >= 1 and <= 128 } && char.IsAsciiLetterOrDigit(value[0])
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <inheritdoc/>
    public override string ToString() => Value;
}
