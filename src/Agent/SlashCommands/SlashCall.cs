namespace ClawGrains.Agent.SlashCommands;

/// <summary>One use of a command.</summary>
/// <param name="Arguments">What follows the name, as it was typed, less the space around it.</param>
/// <param name="By">Who typed it, as it is to be recorded, for example <c>cli:ada</c>.</param>
/// <param name="IsOperator">Whether that person may use commands that are for operators alone.</param>
public sealed record SlashCall(string Arguments, string By, bool IsOperator);

/// <summary>What a command answers with.</summary>
/// <param name="Text">The text to show.</param>
/// <param name="IsForModel">Whether the text is instructions that a model is to follow, rather than an answer.</param>
/// <param name="IsError">Whether the text says why what was asked for did not come about.</param>
public sealed record SlashReply(string Text, bool IsForModel = false, bool IsError = false);
