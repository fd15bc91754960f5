using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Streams;

/// <summary>A stream of a provider.</summary>
internal readonly record struct StreamKey(string Provider, StreamId Id)
{
    /// <summary>The identity of a subscription that exists by attribute: the same in every process.</summary>
    internal Guid ImplicitSubscription(GrainType type) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{Provider}\n{Id.GetNamespace()}\n{Id.GetKeyAsString()}\n{type}")).AsSpan(0, 16));
}
