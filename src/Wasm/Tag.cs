namespace ClawGrains.Wasm;

/// <summary>A kind of exception (exception-handling, "tags"): guests catch by the tag itself, not by its type.</summary>
public sealed class Tag : Extern
{
    /// <summary>A new tag. Throws <see cref="ArgumentException"/> when the type has results.</summary>
    public Tag(Store store, FunctionType type) : base(store)
    {
        if (type.Results.Length > 0) throw new ArgumentException($"A tag's type has no results: {type}.", nameof(type));
        store.ThrowIfDisposed();
        Type = type;
    }

    /// <summary>The parameters are what an exception carries; there are no results.</summary>
    public FunctionType Type { get; }

    /// <inheritdoc/>
    public override ExternType ExternType => new TagType(Type);
}

/// <summary>An exception as a value: what an <c>exnref</c> refers to. Its identity is kept when it is thrown again.</summary>
public sealed class ExceptionValue
{
    internal readonly Value[] Values;

    /// <summary>An exception. Throws <see cref="ArgumentException"/> when the values don't fit the tag's type.</summary>
    public ExceptionValue(Tag tag, params ReadOnlySpan<Value> values) : this(tag, values.ToArray(), 0) =>
        Runtime.Marshalling.Check(values, tag.Type.Parameters.AsSpan(), tag.Store, "value of the exception");

    private ExceptionValue(Tag tag, Value[] values, int _)
    {
        Tag = tag;
        Values = values;
    }

    /// <summary>What kind of exception it is.</summary>
    public Tag Tag { get; }

    /// <summary>What it carries, by the tag's parameters.</summary>
    public ReadOnlySpan<Value> Arguments => Values;

    internal static ExceptionValue Unchecked(Tag tag, Value[] values) => new(tag, values, 0);
}
