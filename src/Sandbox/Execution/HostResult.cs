using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Execution;

/// <summary>What a guarded host function answers: a value, or why not. <see cref="Denied"/> tells refusals from failures.</summary>
public readonly record struct HostResult<T>
{
    private HostResult(T? value, PluginError? error, bool denied) => (Value, Error, Denied) = (value, error, denied);

    /// <summary>The value, where there is no error.</summary>
    public T? Value { get; }

    /// <summary>Why there is no value; null where there is one.</summary>
    public PluginError? Error { get; }

    /// <summary>Whether it was refused, rather than tried and failed.</summary>
    public bool Denied { get; }

    /// <summary>A value.</summary>
    public static HostResult<T> Ok(T value) => new(value, null, false);

    /// <summary>Not permitted.</summary>
    public static HostResult<T> Deny(string reason) => new(default, new PluginError(PluginErrorKind.PermissionDenied, reason), true);

    /// <summary>Beyond a limit.</summary>
    public static HostResult<T> Exceeded(ExhaustedResource resource, string reason) =>
        new(default, new PluginError(PluginErrorKind.ResourceExhausted, reason, resource), true);

    /// <summary>The same refusal or failure in other words.</summary>
    internal HostResult<T> WithMessage(string message) => new(default, Error! with { Message = message }, Denied);

    /// <summary>Permitted, tried and failed.</summary>
    public static HostResult<T> Failed(PluginErrorKind kind, string reason) => new(default, new PluginError(kind, reason), false);
}
