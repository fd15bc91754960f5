namespace ClawGrains.Embedded.Runtime;

/// <summary>Knows which activation's turn this thread is running.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static Activation? _current;

    internal static Activation? Current { get => _current; set => _current = value; }
}
