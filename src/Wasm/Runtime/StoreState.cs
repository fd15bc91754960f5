using System.Runtime.InteropServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>The part of a store that compiled code reads and writes. One thread at a time, but for what an interrupt writes.</summary>
internal sealed unsafe class StoreState
{
    /// <summary>There is always room for so many values to be handed over.</summary>
    public const int LeastTransfer = 64;

    /// <summary>No frame may begin below this address; 0 before the first entry. Also tells threads apart.</summary>
    public nuint StackLimit;

    /// <summary>How far the stack of the thread that entered last reaches above <see cref="StackLimit"/>; 0 when that can't be trusted.</summary>
    public nuint StackSize;

    /// <summary>Not 0 once that thread has ended. Valid with a <see cref="StackSize"/>.</summary>
    public int* ThreadEnded;

    /// <summary>The deepest call allowed; −1 makes every call trap, which is how an interrupt stops recursion.</summary>
    public int MaxDepth;

    /// <summary>Not 0 once an interrupt is asked for. Read volatile at every loop head.</summary>
    public int Interrupt;

    public long Fuel = long.MaxValue;

    /// <summary>A metered loop goes on while it has more fuel than that. An interrupt asks for more than there can be. Read volatile.</summary>
    public long FuelFloor = EnoughFuel;

    /// <summary>All ones, which the JIT can't know: see <c>FunctionCompiler.AfterRotation</c>.</summary>
    public long Ones = -1;

    /// <summary>The index of the function being called, for the stub that compiles it.</summary>
    public int Pending;

    /// <summary>The depth at which the host was called last, from which a re-entrant call counts on. Only for those: without <see cref="Entries"/> it says nothing.</summary>
    public int Depth;

    /// <summary>Calls from the host that haven't returned.</summary>
    public int Entries;

    /// <summary>Second and later results of the last call that had them, 16 bytes each.</summary>
    public byte* Results;

    /// <summary>The same for references.</summary>
    public object?[] ReferenceResults = [];

    /// <summary>What a loop hands over when it goes on in another variant of its function, 16 bytes each.</summary>
    public byte* Transfer = (byte*)NativeMemory.Alloc(LeastTransfer, 16);

    /// <summary>The loop at which code that takes over begins, where it can at several.</summary>
    public int ResumedLoop;

    public string InterruptReason = "";

    /// <summary>See <see cref="Store.MayCompile"/>.</summary>
    public bool MayCompile = true;

    /// <summary>Keeps the store, and so its memory, alive while a guest runs.</summary>
    public required Store Store;

    public required int ConfiguredDepth;

    private const long EnoughFuel = -1;

    private readonly Lock gate = new();
    private int resultCapacity;
    private int transferCapacity = LeastTransfer;

    public void RaiseInterrupt(string reason)
    {
        lock (gate)
        {
            if (MaxDepth == Entry.Disposed) return;
            InterruptReason = reason;
            Volatile.Write(ref Interrupt, 1);
            Volatile.Write(ref FuelFloor, long.MaxValue);
            Volatile.Write(ref MaxDepth, -1);
        }
    }

    public void ClearInterrupt()
    {
        lock (gate)
        {
            if (MaxDepth == Entry.Disposed) return;
            Volatile.Write(ref Interrupt, 0);
            Volatile.Write(ref FuelFloor, EnoughFuel);
            Volatile.Write(ref MaxDepth, ConfiguredDepth);
        }
    }

    public void MarkDisposed()
    {
        lock (gate)
        {
            MaxDepth = Entry.Disposed;
            StackSize = StackLimit = 0;
        }
    }

    public void EnsureResults(int count)
    {
        if (count <= resultCapacity) return;
        NativeMemory.Free(Results);
        Results = (byte*)NativeMemory.AllocZeroed((nuint)count, 16);
        ReferenceResults = new object?[count];
        resultCapacity = count;
    }

    public void EnsureTransfer(int count)
    {
        if (count <= transferCapacity) return;
        NativeMemory.Free(Transfer);
        Transfer = (byte*)NativeMemory.Alloc((nuint)count, 16);
        transferCapacity = count;
    }

    public void Free()
    {
        NativeMemory.Free(Results);
        NativeMemory.Free(Transfer);
        Results = Transfer = null;
        resultCapacity = transferCapacity = 0;
    }
}
