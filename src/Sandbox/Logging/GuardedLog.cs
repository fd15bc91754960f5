using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Logging;

/// <summary>How grave a plugin calls its message.</summary>
public enum GuestLogLevel
{
    /// <summary>0.</summary>
    Error,

    /// <summary>1.</summary>
    Warning,

    /// <summary>2.</summary>
    Information,

    /// <summary>3.</summary>
    Debug,

    /// <summary>4 and up.</summary>
    Trace,
}

/// <summary>A message of a plugin, on one line.</summary>
public sealed record GuestLogLine(TenantId Tenant, PluginId Plugin, string CallId, GuestLogLevel Level, string Message);

/// <summary>Passes plugins' messages on: so many a minute, so long, and never more than one line each.</summary>
/// <param name="sink">Where lines go.</param>
public sealed class GuardedLog(Action<GuestLogLine> sink)
{
    private const string CutMark = " … [cut]";

    /// <summary>Logs, or drops with one warning when the minute's messages are used up.</summary>
    public HostResult<bool> Write(CallScope scope, byte level, string message)
    {
        if (!scope.LogBudget.TryTake(scope.Tenant, scope.Plugin, scope.Limits.LogsPerMinute, out var first))
        {
            if (first) Send(scope, GuestLogLevel.Warning, $"more than {scope.Limits.LogsPerMinute} messages a minute: further ones are dropped");
            return HostResult<bool>.Exceeded(ExhaustedResource.Rate, $"rate limit: {scope.Limits.LogsPerMinute} log messages a minute");
        }
        Send(scope, (GuestLogLevel)Math.Min(level, (byte)4), AuditText.OneLine(scope.Secrets.Clean(Cut(message, scope.Limits.LogBytes))));
        return HostResult<bool>.Ok(first);
    }

    /// <summary>The message, or as much of it as <paramref name="bytes"/> of UTF-8 hold, marked as cut.</summary>
    public static string Cut(string message, int bytes)
    {
        if (message.Length <= bytes && Encoding.UTF8.GetByteCount(message) <= bytes) return message;
        var (used, end) = (Encoding.UTF8.GetByteCount(CutMark), 0);
        foreach (var rune in message.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > bytes) break;
            used += rune.Utf8SequenceLength;
            end += rune.Utf16SequenceLength;
        }
        return message[..end] + CutMark;
    }

    private void Send(CallScope scope, GuestLogLevel level, string message) =>
        sink(new GuestLogLine(scope.Tenant, scope.Plugin, scope.CallId, level, message));
}
