namespace ClawGrains.Sandbox.Execution;

/// <summary>Ends a guest on its caller's thread that asks for what it gets on a thread of its own only.</summary>
internal sealed class NeedsThreadException() : Exception("The call goes on with a thread of its own.");
