namespace ClawGrains.Sandbox.Hooks;

/// <summary>When hooks run; the order and names of <c>hook-point</c> in <c>clawgrains:hooks@1.0.0</c>.</summary>
public enum HookPoint
{
    /// <summary>A session begins.</summary>
    SessionStart,

    /// <summary>A session ends.</summary>
    SessionEnd,

    /// <summary>A message came in.</summary>
    MessageReceived,

    /// <summary>A message is about to go out.</summary>
    MessageSending,

    /// <summary>Before a model is asked.</summary>
    BeforeModelCall,

    /// <summary>After a model answered.</summary>
    AfterModelCall,

    /// <summary>Before a tool runs.</summary>
    BeforeToolCall,

    /// <summary>After a tool ran.</summary>
    AfterToolCall,

    /// <summary>Before a conversation is compacted.</summary>
    BeforeCompaction,

    /// <summary>After it was.</summary>
    AfterCompaction,

    /// <summary>Before a tool's result is stored or fed back.</summary>
    ToolResultPersist,

    /// <summary>The host has started.</summary>
    GatewayStart,

    /// <summary>The host is about to stop.</summary>
    GatewayStop,

    /// <summary>An event of the host's telemetry.</summary>
    Telemetry,
}

/// <summary>Whether a hook may change what happens.</summary>
public enum HookMode
{
    /// <summary>Runs beside others; its answer is not used.</summary>
    Observing,

    /// <summary>Runs in its turn; may replace the payload or cancel.</summary>
    Modifying,
}

/// <summary>What a hook plugin wants to be told.</summary>
/// <param name="Point">When.</param>
/// <param name="Mode">How.</param>
/// <param name="Priority">Lower ones run first; among equals the plugin's id decides.</param>
public sealed record HookSubscription(HookPoint Point, HookMode Mode, int Priority);

/// <summary>Something that happens.</summary>
/// <param name="Point">What.</param>
/// <param name="Session">The session's id, where there is one.</param>
/// <param name="Payload">JSON, by the point.</param>
public sealed record HookEvent(HookPoint Point, string? Session, string Payload);
