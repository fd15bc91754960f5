namespace ClawGrains.Client.Mcp.Features;

/// <summary>Two sources (or one source twice) offer a feature of the same name.</summary>
internal sealed class FeatureCollisionException(string kind, string name, string first, string second)
    : Exception(first == second
        ? $"The {kind} '{name}' is offered twice by {first}. Rename one of the two."
        : $"The {kind} '{name}' is offered by both {first} and {second}. Rename it in one of them, or turn one of them off.");
