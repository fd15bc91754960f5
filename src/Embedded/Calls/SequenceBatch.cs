namespace ClawGrains.Embedded.Calls;

/// <summary>Items of a sequence, and whether they are the last.</summary>
internal readonly record struct SequenceBatch<T>(List<T> Items, bool Ended);
