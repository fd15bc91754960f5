using System.Collections.Immutable;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Output;

/// <summary>Says what a skill requires and is not there.</summary>
internal static class MissingText
{
    public static string Of(MissingRequirements missing) => string.Join("; ", new[]
    {
        Part("program", missing.Bins),
        Part("one of the programs", missing.AnyBins),
        Part("environment variable", missing.Env),
        Part("setting", missing.Config),
        Part("system", missing.Os),
        Part("running plugin", missing.Plugins),
    }.Where(p => p.Length > 0));

    private static string Part(string what, ImmutableArray<string> names) =>
        names.IsDefaultOrEmpty ? "" : $"{what} {string.Join(", ", names.Select(Terminal.Plain))}";
}
