namespace ClawGrains.Wasm.Compilation;

/// <summary>Where a value of the operand stack is.</summary>
internal enum Place : byte
{
    /// <summary>On the IL stack. Such values lie there in the order of the operand stack.</summary>
    Stack,
    /// <summary>In the temporary that belongs to its height and kind.</summary>
    Temporary,
    /// <summary>A local not assigned since; nothing was emitted yet.</summary>
    Local,
    /// <summary>A constant; nothing was emitted yet.</summary>
    Constant,
}

/// <summary>An entry of the operand stack while compiling.</summary>
internal struct Operand
{
    public ValueKind Kind;
    public Place Place;

    /// <summary>How many instructions deep the IL expression is that computes it.</summary>
    public byte Weight;

    /// <summary>Whether the JIT may see a rotation in it: see <c>FunctionCompiler.Rotations</c>.</summary>
    public bool MayBeRotation;

    /// <summary>Whether it is the result of a comparison: 0 or 1, in this place.</summary>
    public bool IsTest;

    /// <summary>The local's index.</summary>
    public int Local;

    /// <summary>The constant's bits.</summary>
    public ulong Bits;
}
