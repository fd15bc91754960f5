using Orleans.Runtime;

namespace ClawGrains.Embedded.Streams;

/// <summary>Who gets the items of a stream: a grain, or with <see cref="Grain"/> empty the client's observer attached to it.</summary>
internal sealed record Subscription(Guid Id, StreamKey Stream, GrainId Grain)
{
    internal bool IsClient => Grain.IsDefault;
}
