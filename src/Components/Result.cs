namespace ClawGrains.Components;

/// <summary>The .NET form of <c>result&lt;ok, error&gt;</c>. Use <see cref="Unit"/> for a side without a payload.</summary>
/// <typeparam name="TOk">The payload of success.</typeparam>
/// <typeparam name="TError">The payload of failure.</typeparam>
public readonly record struct Result<TOk, TError>
{
    private Result(bool isOk, TOk? value, TError? error)
    {
        IsOk = isOk;
        Value = value;
        Error = error;
    }

    /// <summary>Whether it succeeded.</summary>
    public bool IsOk { get; }

    /// <summary>The payload of success; the default value when it failed.</summary>
    public TOk? Value { get; }

    /// <summary>The payload of failure; the default value when it succeeded.</summary>
    public TError? Error { get; }

    /// <summary>A success.</summary>
    public static Result<TOk, TError> Ok(TOk value) => new(true, value, default);

    /// <summary>A failure.</summary>
    public static Result<TOk, TError> Fail(TError error) => new(false, default, error);
}

/// <summary>Stands where a result has no payload.</summary>
public readonly record struct Unit;
