namespace ClawGrains.Wasm.Binary;

/// <summary>What follows an opcode.</summary>
internal enum Immediates : byte
{
    /// <summary>Not an instruction of any supported proposal.</summary>
    Illegal,
    None,
    /// <summary>Alignment and offset.</summary>
    Memory,
    /// <summary>Lane index.</summary>
    Lane,
    /// <summary>Alignment, offset and lane index.</summary>
    MemoryLane,
    /// <summary>Anything else, known to the reader of the instruction.</summary>
    Special,
}

/// <summary>The proposals beyond 1.0 that instructions belong to.</summary>
[Flags]
internal enum UsedFeatures
{
    None = 0,
    SignExtension = 1,
    NontrappingConversion = 2,
    BulkMemory = 4,
    ReferenceTypes = 8,
    Simd = 16,
    TailCall = 32,
    ExceptionHandling = 64,
    MultiValue = 128,
}

/// <summary>A rotation, and the parts of one that is written out.</summary>
internal enum Rotation : byte
{
    None,
    Whole,
    Left,
    Right,
    Join,
    Product,
}

/// <summary>One row of the instruction table; a signature only where it doesn't depend on the context.</summary>
internal sealed class InstructionInfo(int code, string name, Immediates immediates)
{
    public readonly int Code = code;
    public readonly string Name = name;
    public readonly Immediates Immediates = immediates;
    public ValueKind[] Inputs = [];
    public ValueKind? Output;
    public bool HasSignature;

    /// <summary>The proposal that must be enabled for it, if any.</summary>
    public WasmFeatures Feature;

    /// <summary>log₂ of the natural alignment, where there is a memory immediate.</summary>
    public int Alignment;

    /// <summary>What it may contribute to a rotation: one itself, or a part the JIT makes one of.</summary>
    public Rotation Rotation;

    /// <summary>The proposal beyond 1.0 that it came with, by the name <see cref="Module.Features"/> has for it.</summary>
    public UsedFeatures Use;

    /// <summary>How many lanes, where there is a lane immediate.</summary>
    public int Lanes;
}
