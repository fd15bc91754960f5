namespace ClawGrains.Skills.Archives;

/// <summary>Carries a refusal out of the readers; becomes an <see cref="ArchiveResult"/>.</summary>
internal sealed class ArchiveException(ArchiveRefusalReason reason, string message) : Exception(message)
{
    public ArchiveRefusal Refusal { get; } = new(reason, message);
}
