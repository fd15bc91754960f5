namespace ClawGrains.Embedded.Runtime;

/// <summary>What a grain id leads to: one activation, or the pool of a stateless worker.</summary>
internal interface IMessageTarget
{
    /// <summary>Takes the work, or says no when it has ended.</summary>
    bool Receive(Work work);

    /// <summary>All activations behind it.</summary>
    IReadOnlyList<Activation> Activations { get; }
}
