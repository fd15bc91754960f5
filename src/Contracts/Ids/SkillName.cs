namespace ClawGrains.Contracts;

/// <summary>
/// The name a skill is known by. The Agent Skills specification wants 1 to 64 of <c>a-z 0-9 -</c>; the OpenClaw
/// dialect loads any text, so this accepts all that is not empty, has no control characters and is at most
/// <see cref="MaxLength"/> characters long.
/// </summary>
public readonly record struct SkillName
{
    /// <summary>The greatest number of UTF-16 characters of a name.</summary>
    public const int MaxLength = 256;

    private readonly string? _value;

    /// <param name="value">The name.</param>
    /// <exception cref="FormatException"><paramref name="value"/> is empty, too long or has control characters.</exception>
    public SkillName(string value)
    {
        if (!IsValid(value))
            throw new FormatException($"'{value}' is not a skill name: 1 to {MaxLength} characters, none of them a control character.");
        _value = value;
    }

    /// <summary>The text of the name.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether <paramref name="value"/> can be a skill's name.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: >= 1 and <= MaxLength } && !value.Any(char.IsControl);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
