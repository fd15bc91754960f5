namespace ClawGrains.Skills.Sources;

/// <summary>A hit of a search in ClawHub.</summary>
/// <param name="Slug">The slug to install it by.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Version">Its latest version, where the answer has it.</param>
/// <param name="Owner">Its publisher's handle, where the answer has it.</param>
public sealed record ClawHubSkill(string Slug, string Name, string Summary, string? Version, string? Owner);

/// <summary>A version that is about to be downloaded.</summary>
/// <param name="Slug">The canonical slug.</param>
/// <param name="Owner">The publisher, where one was asked for.</param>
/// <param name="Version">The version; null where the registry holds none and hands over to a git host.</param>
/// <param name="Files">The SHA-256 of each file by its path, where the registry tells.</param>
internal sealed record ClawHubVersion(string Slug, string? Owner, string? Version, IReadOnlyDictionary<string, string> Files);
