namespace ClawGrains.Agent.SlashCommands;

/// <summary>A command that a person types as <c>/name arguments</c>.</summary>
public sealed record SlashCommand
{
    /// <summary>The greatest number of characters of a name.</summary>
    public const int MaxNameLength = 32;

    /// <summary>The name without the slash: 1 to 32 of <c>a-z 0-9 _ -</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One line that says what it does.</summary>
    public required string Description { get; init; }

    /// <summary>Who contributes it: <c>built-in</c>, or for example <c>skill weather</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Whether it is for operators alone: it decides, or changes what is served.</summary>
    public bool IsForOperators { get; init; }

    /// <summary>Runs the command.</summary>
    public required Func<SlashCall, CancellationToken, ValueTask<SlashReply>> Run { get; init; }

    /// <summary>Whether <paramref name="name"/> can be a command's name.</summary>
    public static bool IsValidName(string? name) =>
        name is { Length: >= 1 and <= MaxNameLength }
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');
}
