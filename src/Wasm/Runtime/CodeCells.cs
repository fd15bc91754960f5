using System.Runtime.InteropServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Cells that hold the addresses of host adapters, one per adapter, for the engine's life.</summary>
internal sealed unsafe class CodeCells
{
    private readonly Lock gate = new();
    private readonly Dictionary<nint, nint> cells = [];

    public nint* For(nint code)
    {
        lock (gate)
        {
            if (!cells.TryGetValue(code, out var cell))
            {
                cell = (nint)NativeMemory.Alloc((nuint)sizeof(nint));
                *(nint*)cell = code;
                cells[code] = cell;
            }
            return (nint*)cell;
        }
    }

    ~CodeCells()
    {
        foreach (var cell in cells.Values) NativeMemory.Free((void*)cell);
    }
}
