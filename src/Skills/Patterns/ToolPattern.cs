using System.Collections.Immutable;

namespace ClawGrains.Skills.Patterns;

/// <summary>A sequence of tool calls that was made again and again.</summary>
/// <param name="Tools">The tools' names, in order.</param>
/// <param name="Occurrences">
/// Where it was found: for each time the number of its first call, counted from 0 since the detector began, in order.
/// </param>
public sealed record ToolPattern(ImmutableArray<string> Tools, ImmutableArray<long> Occurrences);
