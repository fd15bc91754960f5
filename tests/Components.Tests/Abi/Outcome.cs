using System.Reflection;
using ClawGrains.Fuzz.Components.Abi;

namespace ClawGrains.Components.Tests.Abi;

/// <summary>What a compiled call came to, and what the document says it comes to.</summary>
internal static class Outcome
{
    /// <summary>Whether a call by reflection trapped.</summary>
    public static bool Traps(Action call)
    {
        try
        {
            call();
            return false;
        }
        catch (TargetInvocationException e) when (e.InnerException is ComponentTrapException)
        {
            return true;
        }
    }

    /// <summary>What the port of the document makes of it, or null when it traps.</summary>
    public static T? OfDocument<T>(Func<T> action) where T : class
    {
        try
        {
            return action();
        }
        catch (ReferenceTrapException)
        {
            return null;
        }
    }
}
