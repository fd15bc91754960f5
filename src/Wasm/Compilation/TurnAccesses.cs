using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <summary>
/// Accesses of a loop's turn whose addresses are constants away from one value: that of a local at the loop's head. They lie
/// within <see cref="Span"/> bytes from that value plus <see cref="First"/>.
/// </summary>
internal sealed record AccessGroup(int Local, int First, uint Span, bool Stores);

/// <summary>
/// What every turn of a loop accesses: the loads and stores on the straight line from its head, as far as they come in groups
/// that one check does for instead of several.
/// </summary>
internal sealed class TurnAccesses
{
    private const int MostGroups = 4, FewestChecks = 3, MostInstructions = 2000;
    private const long MostSpan = 1 << 30;

    private readonly Stack<Value> operands = new();
    private readonly Dictionary<int, Value> locals = [];
    private readonly List<Access> accesses = [];

    private TurnAccesses(WasmReader reader, bool stores)
    {
        for (var i = 0; i < MostInstructions && !reader.AtEnd && See(ref reader, InstructionReader.Opcode(ref reader)); i++);
        var groups = accesses.Where(a => stores || !a.Stores).GroupBy(a => a.Address.Local)
            .Select(g => (Checks: Checks(g), Accesses: g.ToArray())).Where(g => g.Checks >= FewestChecks && Span(g.Accesses) <= MostSpan)
            .OrderByDescending(g => g.Checks).Take(MostGroups);
        foreach (var (_, members) in groups) Add(members);
    }

    // A constant where there is no local; neither where it isn't known.
    private readonly record struct Value(int Local, int Plus)
    {
        public const int None = -1, Unknown = -2;
    }

    private readonly record struct Access(int At, Value Address, uint Offset, int Size, bool Stores)
    {
        public long Start => (long)Address.Plus + Offset;

        public long End => Start + Size;
    }

    public List<AccessGroup> Groups { get; } = [];

    /// <summary>By where its immediate stands: which group an access is of, and how many bytes from its first.</summary>
    public Dictionary<int, (int Group, uint Distance)> Members { get; } = [];

    /// <summary>Looks at the loop at whose head the reader stands; null where nothing is gained.</summary>
    /// <param name="reader">A copy.</param>
    /// <param name="stores">Whether stores count.</param>
    public static TurnAccesses? Find(WasmReader reader, bool stores)
    {
        var found = new TurnAccesses(reader, stores);
        return found.Groups.Count > 0 ? found : null;
    }

    // How many they cost one by one, where those through the same local know of each other.
    private static int Checks(IEnumerable<Access> accesses)
    {
        var (checks, known) = (0, 0L);
        foreach (var access in accesses)
        {
            if (access.Address.Plus == 0 && access.End <= known) continue;
            if (access.Address.Plus == 0) known = access.End;
            checks++;
        }
        return checks;
    }

    private static long Span(Access[] accesses) => accesses.Max(a => a.End) - accesses.Min(a => a.Address.Plus);

    private void Add(Access[] accesses)
    {
        var first = accesses.Min(a => a.Address.Plus);
        foreach (var access in accesses) Members[access.At] = (Groups.Count, (uint)(access.Start - first));
        Groups.Add(new AccessGroup(accesses[0].Address.Local, first, (uint)Span(accesses), accesses.Any(a => a.Stores)));
    }

    /// <summary>False where the straight line ends.</summary>
    private bool See(ref WasmReader reader, int opcode)
    {
        var info = Instructions.Table[opcode];
        if (info.Immediates is Immediates.Memory or Immediates.MemoryLane)
        {
            SeeAccess(ref reader, info);
            return true;
        }
        switch (opcode)
        {
            case Opcode.LocalGet:
                var index = (int)reader.U32();
                operands.Push(locals.TryGetValue(index, out var value) ? value : new Value(index, 0));
                return true;
            case Opcode.LocalSet:
                locals[(int)reader.U32()] = Pop();
                return true;
            case Opcode.LocalTee:
                operands.Push(locals[(int)reader.U32()] = Pop());
                return true;
            case Opcode.I32Const:
                operands.Push(new Value(Value.None, reader.S32()));
                return true;
            case Opcode.I32Add or Opcode.I32Sub:
                operands.Push(Sum(opcode == Opcode.I32Sub, Pop(), Pop()));
                return true;
            case Opcode.Drop or Opcode.GlobalSet:
                Replace(ref reader, opcode, 1, pushes: false);
                return true;
            case Opcode.Select:
                Replace(ref reader, opcode, 3, pushes: true);
                return true;
            case Opcode.GlobalGet or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const or Opcode.V128Const:
                Replace(ref reader, opcode, 0, pushes: true);
                return true;
            case Opcode.Shuffle:
                Replace(ref reader, opcode, 2, pushes: true);
                return true;
        }
        if (!info.HasSignature) return opcode == Opcode.Nop;
        Replace(ref reader, opcode, info.Inputs.Length, info.Output is not null);
        return true;
    }

    private void SeeAccess(ref WasmReader reader, InstructionInfo info)
    {
        var at = reader.Position;
        var immediate = MemoryImmediate.Read(ref reader);
        if (info.Immediates == Immediates.MemoryLane) reader.Byte();
        if (info.Inputs.Length == 2) Pop();
        var address = Pop();
        if (immediate.Memory == 0 && address.Local >= 0) accesses.Add(new Access(at, address, immediate.Offset, 1 << info.Alignment, info.Output is null));
        if (info.Output is not null) operands.Push(new Value(Value.Unknown, 0));
    }

    private static Value Sum(bool subtracts, Value right, Value left) => (left.Local, right.Local) switch
    {
        (Value.Unknown, _) or (_, Value.Unknown) => new Value(Value.Unknown, 0),
        (_, Value.None) => left with { Plus = unchecked(subtracts ? left.Plus - right.Plus : left.Plus + right.Plus) },
        (Value.None, _) when !subtracts => right with { Plus = unchecked(left.Plus + right.Plus) },
        _ => new Value(Value.Unknown, 0),
    };

    private void Replace(ref WasmReader reader, int opcode, int inputs, bool pushes)
    {
        ConstExpressionReader.SkipImmediates(ref reader, opcode);
        while (inputs-- > 0) Pop();
        if (pushes) operands.Push(new Value(Value.Unknown, 0));
    }

    // What was there before the loop isn't known.
    private Value Pop() => operands.TryPop(out var value) ? value : new Value(Value.Unknown, 0);
}
