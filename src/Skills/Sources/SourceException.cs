namespace ClawGrains.Skills.Sources;

/// <summary>A source cannot be had; becomes a <see cref="SourceResult"/>.</summary>
internal sealed class SourceException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
