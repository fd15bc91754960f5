namespace ClawGrains.Skills.Eligibility;

/// <summary>Who may use a skill here, and what is missing.</summary>
public sealed record EligibilityReport
{
    /// <summary>Whether everything it needs is there and it is not switched off.</summary>
    public required bool Eligible { get; init; }
    /// <summary>Whether the configuration switches it off.</summary>
    public required bool Disabled { get; init; }
    /// <summary>Whether the model gets to know it.</summary>
    public required bool ModelVisible { get; init; }
    /// <summary>Whether its author lets people call it.</summary>
    public required bool UserInvocable { get; init; }
    /// <summary>Whether it is offered as a command.</summary>
    public required bool CommandVisible { get; init; }
    /// <summary>What is missing.</summary>
    public required MissingRequirements Missing { get; init; }
}
