using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>The slash commands of a tenant at one moment.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.slash-command-table")]
public sealed record SlashCommandTable
{
    /// <summary>The commands in ordinal order of their names.</summary>
    [Id(0)]
    public required ImmutableArray<SlashCommandInfo> Commands { get; init; }

    /// <summary>Which commands are not there because another has their name, each naming both.</summary>
    [Id(1)]
    public ImmutableArray<string> Collisions { get; init; } = [];
}

/// <summary>A slash command as it is listed.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.slash-command")]
public sealed record SlashCommandInfo
{
    /// <summary>The name without the slash: 1 to 32 of <c>a-z 0-9 _ -</c>.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    [Id(1)]
    public required string Description { get; init; }

    /// <summary>Who contributes it: <c>built-in</c>, or for example <c>skill weather</c>.</summary>
    [Id(2)]
    public required string Source { get; init; }
}

/// <summary>A line that somebody typed.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.slash-command-call")]
public sealed record SlashCommandCall
{
    /// <summary>The whole line, for example <c>/weather Paris</c>.</summary>
    [Id(0)]
    public required string Line { get; init; }

    /// <summary>Who typed it, as it is to be recorded.</summary>
    [Id(1)]
    public required string By { get; init; }

    /// <summary>Whether that person may decide on approvals and reload skills.</summary>
    [Id(2)]
    public bool IsOperator { get; init; }
}

/// <summary>What a slash command answered with.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.slash-command-reply")]
public sealed record SlashCommandReply
{
    /// <summary>The text to show. Skills and tools may have made it: it is not safe for a terminal as it is.</summary>
    [Id(0)]
    public required string Text { get; init; }

    /// <summary>Whether the text is instructions of a skill that a model is to follow.</summary>
    [Id(1)]
    public bool IsForModel { get; init; }

    /// <summary>Whether the text is the error that a tool answered with.</summary>
    [Id(2)]
    public bool IsError { get; init; }
}
