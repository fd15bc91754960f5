using System.Collections.Immutable;

namespace ClawGrains.Wasm.Binary;

/// <summary>A constant expression as a range of the binary; it ends with <c>end</c>.</summary>
internal readonly record struct ConstExpression(int Start, int End);

internal sealed record GlobalDefinition(GlobalType Type, ConstExpression Initial);

internal enum SegmentMode : byte { Active, Passive, Declarative }

/// <summary>An element segment: function indices, or where there are expressions, those.</summary>
internal sealed class ElementSegment
{
    public required SegmentMode Mode { get; init; }
    public required ValueKind Type { get; init; }
    public uint Table { get; init; }
    public ConstExpression Offset { get; init; }
    public uint[] Functions { get; set; } = [];
    public ConstExpression[]? Expressions { get; set; }
    public int Position { get; init; }
    public int Count => Expressions?.Length ?? Functions.Length;
}

internal sealed record DataSegment(SegmentMode Mode, uint Memory, ConstExpression Offset, int Start, int Length, int Position);

/// <summary>A function's body: its locals in runs, and the range of its instructions.</summary>
internal sealed record FunctionBody((uint Count, ValueKind Kind)[] Locals, int Start, int End)
{
    /// <summary>Found by validation.</summary>
    public bool UsesMemory { get; set; }

    /// <summary>Found by validation: calls anything, by any instruction.</summary>
    public bool Calls { get; set; }

    /// <summary>Found by validation: has a loop.</summary>
    public bool Loops { get; set; }

    /// <summary>Found by validation: a store instruction stands in a loop.</summary>
    public bool StoresInLoops { get; set; }

    /// <summary>Found by validation: has a rotation, or all that the JIT could make one of.</summary>
    public bool MayRotate { get; set; }

    /// <summary>Found by validation: has a <c>try_table</c>.</summary>
    public bool Catches { get; set; }

    /// <summary>Found by validation: how many instructions it runs, where that is always the same; 0 where it is not known so simply.</summary>
    public int Straight { get; set; }
}

/// <summary>A decoded module, before and after validation. Index spaces begin with the imports (§2.5.1).</summary>
internal sealed class ModuleData(byte[] bytes)
{
    public readonly byte[] Bytes = bytes;
    public readonly List<FunctionType> Types = [];
    public readonly List<ImportDescriptor> Imports = [];
    public readonly List<uint> FunctionTypes = [];
    public readonly List<TableType> Tables = [];
    public readonly List<MemoryType> Memories = [];
    public readonly List<TagType> Tags = [];
    public readonly List<GlobalType> GlobalTypes = [];
    public readonly List<GlobalDefinition> Globals = [];
    public readonly List<(string Name, byte Kind, uint Index, int Position)> Exports = [];
    public readonly List<ElementSegment> Elements = [];
    public readonly List<FunctionBody> Bodies = [];
    public readonly List<DataSegment> Datas = [];
    public readonly List<CustomSection> CustomSections = [];
    /// <summary>Where in the binary the tables and memories are described.</summary>
    public readonly List<int> TablePositions = [], MemoryPositions = [];

    /// <summary>What was seen to be invalid while decoding; what is malformed further on is told first.</summary>
    public ValidationException? Invalid;

    public readonly SortedSet<string> Features = new(StringComparer.Ordinal);

    /// <summary>The proposals that were accepted beyond the standard ones.</summary>
    public WasmFeatures Enabled { get; init; }

    /// <summary>Where the lists of the function, code and data sections begin, with their lengths; 0 without the section.</summary>
    public int FunctionsAt, CodeAt, DataAt;

    public uint? DataCount;
    public (uint Function, int Position)? Start;
    public int ImportedFunctions, ImportedTables, ImportedMemories, ImportedGlobals, ImportedTags;

    /// <summary>Functions that <c>ref.func</c> in code may name: those that occur outside of code (§3.4.10).</summary>
    public readonly HashSet<uint> DeclaredFunctions = [];

    /// <summary>Where the function section names the type of a function the module defines; looked up for errors only.</summary>
    public int PositionOfType(int own)
    {
        var reader = Reader(FunctionsAt, Bytes.Length, "function section");
        reader.Count();
        for (; own > 0; own--) reader.U32();
        return reader.Position;
    }

    public FunctionType TypeOf(uint function) => Types[(int)FunctionTypes[(int)function]];

    public ExternType ExternTypeOf(byte kind, uint index) => kind switch
    {
        0 => TypeOf(index),
        1 => Tables[(int)index],
        2 => Memories[(int)index],
        4 => Tags[(int)index],
        _ => GlobalTypes[(int)index],
    };

    /// <summary>Reads a part of the module that is known to be valid, or is about to be validated.</summary>
    public WasmReader Reader(int start, int end, string section) => new(Bytes, start, end, section) { Enabled = Enabled };

    public ImmutableArray<ExportDescriptor> DescribeExports() =>
        [.. Exports.Select(export => new ExportDescriptor(export.Name, ExternTypeOf(export.Kind, export.Index)))];
}
