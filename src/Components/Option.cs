namespace ClawGrains.Components;

/// <summary>
/// The .NET form of <c>option&lt;t&gt;</c> where a nullable cannot tell two values apart, as in
/// <c>option&lt;option&lt;t&gt;&gt;</c>, whose <c>none</c> and <c>some(none)</c> would both be null. The default value is none.
/// </summary>
/// <typeparam name="T">The payload.</typeparam>
public readonly record struct Option<T>
{
    private Option(T value)
    {
        IsSome = true;
        Value = value;
    }

    /// <summary>Whether there is a value.</summary>
    public bool IsSome { get; }

    /// <summary>The value; the default value of its type when there is none.</summary>
    public T? Value { get; }

    /// <summary>No value.</summary>
    public static Option<T> None => default;

    /// <summary>A value.</summary>
    public static Option<T> Some(T value) => new(value);
}
