namespace ClawGrains.Contracts;

/// <summary>What a tool call is given by its host: who calls, where it may keep state, what time it is.</summary>
public interface IToolContext
{
    /// <summary>The tenant the call belongs to.</summary>
    TenantId Tenant { get; }

    /// <summary>An id of this call, unique within the host, that logs and audit records carry.</summary>
    string CallId { get; }

    /// <summary>The conversation the call is made for, or null for a direct call.</summary>
    string? SessionId { get; }

    /// <summary>State that outlives the call, apart for each tenant and plugin.</summary>
    IKeyValueStore State { get; }

    /// <summary>The clock to use.</summary>
    TimeProvider Time { get; }

    /// <summary>Tells the caller how far the call has come.</summary>
    /// <param name="fraction">0 to 1.</param>
    /// <param name="message">What is being done, or null.</param>
    void ReportProgress(double fraction, string? message = null);
}
