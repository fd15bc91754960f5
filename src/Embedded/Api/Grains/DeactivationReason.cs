namespace Orleans;

/// <summary>Why an activation ends.</summary>
public readonly struct DeactivationReason
{
    /// <summary>Gives code and description.</summary>
    public DeactivationReason(DeactivationReasonCode code, string text) : this(code, null, text)
    {
    }

    /// <summary>Gives code, cause and description.</summary>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text) =>
        (ReasonCode, Exception, Description) = (code, exception, text);

    /// <summary>The code.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>The description.</summary>
    public string Description { get; }

    /// <summary>The exception that caused it, if any.</summary>
    public Exception? Exception { get; }

    /// <inheritdoc/>
    public override string ToString() => Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description}. Exception: {Exception}";
}

/// <summary>Kinds of reasons why an activation ends.</summary>
[GenerateSerializer]
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason was given.</summary>
    None = 0,

    /// <summary>The host stops.</summary>
    ShuttingDown = 1,

    /// <summary>The activation could not be set up.</summary>
    ActivationFailed = 2,

    /// <summary>The directory failed (clusters only).</summary>
    DirectoryFailure = 3,

    /// <summary>It was not called for the collection age.</summary>
    ActivationIdle = 4,

    /// <summary>It did not answer (clusters only).</summary>
    ActivationUnresponsive = 5,

    /// <summary>Another activation of the same grain exists (clusters only).</summary>
    DuplicateActivation = 6,

    /// <summary>It received a request that it can't serve (clusters only).</summary>
    IncompatibleRequest = 7,

    /// <summary>An exception of the application, such as inconsistent state.</summary>
    ApplicationError = 8,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested = 9,

    /// <summary>It moves to another silo (clusters only).</summary>
    Migrating = 10,

    /// <summary>The runtime asked for it.</summary>
    RuntimeRequested = 11,

    /// <summary>Memory runs short (clusters only).</summary>
    HighMemoryPressure = 12,
}
