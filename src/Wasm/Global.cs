namespace ClawGrains.Wasm;

/// <summary>A global variable or constant (§4.2.9).</summary>
public sealed class Global : Extern
{
    /// <summary>A new global.</summary>
    public Global(Store store, GlobalType type, Value initial) : base(store) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override ExternType ExternType => throw new NotImplementedException();

    /// <summary>The value. Setting throws <see cref="InvalidOperationException"/> on a constant, <see cref="ArgumentException"/> for another kind.</summary>
    public Value Value
    {
        get => throw new NotImplementedException();
        set => throw new NotImplementedException();
    }
}
