using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>What the runtime logs.</summary>
internal sealed partial class SiloLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Error, "The grain {Grain} could not be activated.")]
    internal partial void ActivationFailed(GrainId grain, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The grain {Grain} failed while it was deactivated.")]
    internal partial void DeactivationFailed(GrainId grain, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The one-way call of {Grain} {Interface}.{Method} failed.")]
    internal partial void OneWayCallFailed(GrainId grain, string @interface, string method, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "{Count} activations had not ended when the time to stop was over.")]
    internal partial void StoppedBeforeAllEnded(int count);

    [LoggerMessage(5, LogLevel.Error, "A timer of {Grain} failed; it goes on.")]
    internal partial void TimerFailed(GrainId grain, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "The reminder {Reminder} of {Grain} failed; the next tick comes as planned.")]
    internal partial void ReminderFailed(string reminder, GrainId grain, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "Delivery of an event of {Stream} to {Consumer} failed ({Attempt}. attempt); it will be tried again.")]
    internal partial void DeliveryFailed(StreamId stream, string consumer, int attempt, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "An event of {Stream} could not be delivered to {Consumer} and is dropped.")]
    internal partial void DeliveryAbandoned(StreamId stream, string consumer, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "{Consumer} got an event of {Stream} but attached no observer to its subscription; the event is dropped.")]
    internal partial void NoObserver(string consumer, StreamId stream);
}
