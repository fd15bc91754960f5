namespace ClawGrains.Contracts;

/// <summary>The steps of an agent's turn, in order.</summary>
public enum PipelineStageKind
{
    /// <summary>What kind of message is this?</summary>
    Classify,

    /// <summary>Which model and session answers it?</summary>
    Route,

    /// <summary>What is put before the model?</summary>
    Assemble,

    /// <summary>The call of the model.</summary>
    Transport,

    /// <summary>How good was the answer?</summary>
    Score,

    /// <summary>What is kept for the next time?</summary>
    Learn,
}

/// <summary>One replaceable step of an agent's turn.</summary>
public interface IPipelineStage
{
    /// <summary>The stage's name, unique among those of its kind.</summary>
    string Name { get; }

    /// <summary>Which step this is.</summary>
    PipelineStageKind Kind { get; }

    /// <summary>Takes the turn as the steps before left it, and returns it as the next is to find it.</summary>
    ValueTask<PipelineTurn> ProcessAsync(PipelineTurn turn, CancellationToken cancellationToken);
}
