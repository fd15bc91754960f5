using System.Reflection.Emit;

namespace ClawGrains.Wasm.Compilation;

/// <summary>An open block while compiling.</summary>
internal struct CompilerFrame
{
    public int Code;
    public ValueKind[] Inputs;
    public ValueKind[] Outputs;

    /// <summary>Operands below the block's own.</summary>
    public int Height;

    /// <summary>The head of a loop, the end of anything else.</summary>
    public Label Target;

    public Label Else;

    /// <summary>How many protected regions <see cref="Target"/> lies in.</summary>
    public int TryDepth;

    /// <summary>Of a <c>try_table</c>.</summary>
    public Binary.CatchClause[] Clauses;

    /// <summary>The traps of what is around a <c>try_table</c>.</summary>
    public Dictionary<int, Label>? OuterTraps;

    /// <summary>Whether something branches to the end.</summary>
    public bool IsTarget;

    /// <summary>Of a loop that begins with straight code and a <c>br_table</c>: where that begins, where the table stands, and how many instructions are before it.</summary>
    public int HeadStart, HeadEnd, HeadLength;

    /// <summary>Where the table leads, once that is known and needs nothing moved.</summary>
    public Label[]? Cases;

    public Label LastCase;

    public readonly ValueKind[] LabelTypes => Code == Binary.Opcode.Loop ? Inputs : Outputs;
}
