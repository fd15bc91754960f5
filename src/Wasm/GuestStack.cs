using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm;

/// <summary>The stack that guests run on: the current thread's.</summary>
public static class GuestStack
{
    /// <summary>Bytes that guests and the host functions they call can use on the current thread from here on.</summary>
    public static unsafe long Room
    {
        get
        {
            byte here;
            return (nint)(&here) - (nint)ThreadStack.Limit;
        }
    }
}
