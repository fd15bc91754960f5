using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <summary>
/// Compiles one validated function to IL, in one pass and without recursion. Values stay where they are (a local, a
/// constant) or on the IL stack until they are used; whatever must survive a branch lies in a temporary.
/// </summary>
internal sealed unsafe partial class FunctionCompiler
{
    // Longer lists of zero locals are cleared by the runtime rather than one by one.
    private const int MostClearedLocals = 64;

    private readonly ModuleCode code;
    private readonly ModuleData data;
    private readonly FunctionBody body;
    private readonly Signature signature;
    private readonly DynamicMethod method;
    private readonly ILGenerator il;
    private readonly int own;
    private readonly int parameterCount;
    private readonly LocalBuilder state;
    private readonly LocalBuilder? memoryBase;
    private readonly LocalBuilder? fuel;
    private ValueKind[] localKinds = [];
    private LocalBuilder[] locals = [];
    private bool reachable = true;

    public FunctionCompiler(ModuleCode code, int own, Variant variant)
    {
        this.variant = variant;
        this.code = code;
        this.own = own;
        data = code.Data;
        body = data.Bodies[own];
        signature = code.SignatureOf(own + data.ImportedFunctions);
        parameterCount = signature.Type.Parameters.Length;
        method = CompiledMethod.Define($"wasm-function[{own + data.ImportedFunctions}]", signature.Return, signature.Arguments);
        il = method.GetILGenerator(Math.Max(256, (body.End - body.Start) * 8));
        state = il.DeclareLocal(typeof(StoreState));
        if (body.UsesMemory) memoryBase = il.DeclareLocal(typeof(byte*));
        if (code.Options.Metering && code.Prepaid(own) == 0) fuel = il.DeclareLocal(typeof(long));
    }

    /// <summary>The functions of the module, by their index among those, that it calls and that weren't compiled when it was.</summary>
    public IReadOnlyList<int> Callees => callees;

    /// <summary>Writes the IL and has it made machine code; between the two <paramref name="begun"/> is told of <see cref="Callees"/>.</summary>
    public CompiledMethod Compile(Action<IReadOnlyList<int>>? begun = null)
    {
        DeclareLocals();
        DeclareLimits();
        Prologue();
        Body();
        AfterBody();
        VariantBlocks();
        TrapBlocks();
        begun?.Invoke(callees);
        var compiled = CompiledMethod.From(method);
        var frame = FrameBound();
        return frame <= ThreadStack.LargeFrame ? compiled : LargeFrames.Guard(signature, compiled, frame);
    }

    private void Body()
    {
        var reader = data.Reader(body.Start, body.End, "code section");
        PushFrame(Opcode.Block, [], code.Types.Results((int)data.FunctionTypes[own + data.ImportedFunctions]));
        while (frameCount > 0)
        {
            var opcode = InstructionReader.Opcode(ref reader);
            if (reachable) Instruction(ref reader, opcode);
            else SkipUnreachable(ref reader, opcode);
        }
    }

    private void DeclareLocals()
    {
        var total = parameterCount;
        foreach (var (count, _) in body.Locals) total += (int)count;
        localKinds = new ValueKind[total];
        locals = new LocalBuilder[total];
        lazyUses = new int[total];
        signature.Type.Parameters.CopyTo(localKinds);
        var at = parameterCount;
        foreach (var (count, kind) in body.Locals)
        {
            for (var i = 0; i < count; i++, at++)
            {
                localKinds[at] = kind;
                locals[at] = il.DeclareLocal(Signature.Clr(kind));
            }
        }
        if (total - parameterCount > MostClearedLocals) method.InitLocals = true;
    }

    private void Prologue()
    {
        LoadTarget();
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Instance), nameof(Instance.State)));
        il.Emit(OpCodes.Stloc, state);
        ChooseVariant();
        if (body.Calls) CheckStack();
        if (body.Calls || body.Loops) CheckDepth();
        if (!variant.Resumes) ClearLocals();
        ReloadMemory();
        // Every call comes by here, so recursion ends without fuel; only depth bounds what a call does on credit.
        if (body.Calls && !variant.Resumes) CheckFuel();
        // Without calls it may have such a register for good.
        if (!body.Calls) ReadFuel();
        if (!variant.Resumes) return;
        ReadFuel();
        il.Emit(OpCodes.Br, takeOver);
        ForgetFuel();
    }

    // Before anything else is read: the registers that outlive calls go to what comes first.
    private void ClearLocals()
    {
        if (method.InitLocals) return;
        for (var i = parameterCount; i < locals.Length; i++)
        {
            EmitConstant(localKinds[i], 0);
            il.Emit(OpCodes.Stloc, locals[i]);
        }
    }

    // A function that calls nothing can't be where recursion goes on; its small frame lies within the reserve.
    private void CheckStack()
    {
        var probe = il.DeclareLocal(typeof(int));
        il.Emit(OpCodes.Ldloca, probe);
        il.Emit(OpCodes.Conv_U);
        LoadState(nameof(StoreState.StackLimit));
        il.Emit(OpCodes.Blt_Un, Trap(EntryTrap));
    }

    // Every local and temporary at 16 bytes, and room for what the JIT adds for long bodies.
    private long FrameBound() => 16L * (locals.Length + temporaryCount) + 8L * (body.End - body.Start) + 1024;

    private void LoadTarget() => il.Emit(OpCodes.Ldarg, (short)signature.TargetArgument);

    private void LoadState(string field)
    {
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(StoreState), field));
    }

    private void LoadInstance(string field)
    {
        LoadTarget();
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Instance), field));
    }

    private void ReloadMemory()
    {
        if (memoryBase is null) return;
        LoadInstance(nameof(Instance.MemoryBase));
        il.Emit(OpCodes.Stloc, memoryBase);
        ReloadLimits();
    }

    private void Instruction(ref WasmReader reader, int opcode)
    {
        if (!IsFree(opcode)) pendingFuel++;
        var info = Instructions.Table[opcode];
        if (info.HasSignature)
        {
            if (info.Output == ValueKind.I32 && info.Immediates == Immediates.None) PollBeforeCondition(reader);
            if (opcode >= Instructions.Vector) Vector(ref reader, info);
            else if (info.Immediates == Immediates.Memory) MemoryAccess(ref reader, info);
            else if (IsBeforeSelect(info, reader)) CompareToMask(info.Code);
            else Numeric(info);
            return;
        }
        switch (opcode)
        {
            case Opcode.Nop: break;
            case Opcode.Unreachable: Unreachable(); break;
            case Opcode.Block or Opcode.Loop or Opcode.If: Block(ref reader, opcode); break;
            case Opcode.TryTable: TryTable(ref reader); break;
            case Opcode.Throw: Throw((int)reader.U32()); break;
            case Opcode.ThrowRef: ThrowReference(); break;
            case Opcode.Else: Else(); break;
            case Opcode.End: End(); break;
            case Opcode.Br: Branch((int)reader.U32()); break;
            case Opcode.BrIf: BranchIf(reader.Position - 1, (int)reader.U32()); break;
            case Opcode.BrTable: BranchTable(ref reader); break;
            case Opcode.Return: Branch(frameCount - 1); break;
            case Opcode.Call: Call((int)reader.U32(), tail: false); break;
            case Opcode.ReturnCall: Call((int)reader.U32(), tail: true); break;
            case Opcode.CallIndirect: CallIndirect((int)reader.U32(), (int)reader.U32(), tail: false); break;
            case Opcode.ReturnCallIndirect: CallIndirect((int)reader.U32(), (int)reader.U32(), tail: true); break;
            case Opcode.V128Const: VectorConstant(reader.Bytes(16)); break;
            case Opcode.Shuffle: Shuffle(reader.Bytes(16)); break;
            case Opcode.SelectTyped: reader.Count(); reader.Byte(); Select(); break;
            default: Variable(ref reader, opcode); break;
        }
    }
}
