using System.Runtime.CompilerServices;
using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Validation;

/// <summary>
/// Validates bodies by the algorithm of the specification's appendix A.3, without recursion. One object serves a whole
/// module, so its stacks are allocated once.
/// </summary>
internal sealed partial class FunctionValidator(ModuleData module)
{
    // The bottom type: what is popped from the stack of unreachable code.
    private const ValueKind Unknown = 0;

    private readonly ModuleTypes types = new(module);
    private ValueKind[] locals = new ValueKind[64];
    private int localCount;
    private ValueKind[] stack = new ValueKind[256];
    private int height;
    private ControlFrame[] frames = new ControlFrame[32];
    private int depth;
    private int at;
    private int function;
    private bool usesMemory;
    private bool calls;
    private bool loops;
    private bool storesInLoops;
    private int openLoops;
    private int instructions;
    private bool straight;
    private UsedFeatures used;
    private int tries;
    private readonly RotationFinder rotations = new();

    /// <summary>What the bodies were seen to use.</summary>
    public UsedFeatures Used => used;

    public void Validate(int index, FunctionBody body)
    {
        function = index;
        var type = (int)module.FunctionTypes[index];
        SetLocals(types.Parameters(type), body);
        height = 0;
        depth = 0;
        usesMemory = calls = loops = storesInLoops = false;
        openLoops = tries = instructions = 0;
        straight = true;
        rotations.Clear();
        var reader = module.Reader(body.Start, body.End, "code section");
        Push(Opcode.Block, [], types.Results(type));
        while (depth > 0)
        {
            at = reader.Position;
            var code = reader.AtEnd ? throw reader.Malformed("unexpected end: END opcode expected") : InstructionReader.Opcode(ref reader);
            var info = Instructions.Table[code];
            used |= info.Use;
            instructions++;
            if (info.HasSignature) Plain(ref reader, info);
            else Special(ref reader, code);
        }
        if (!reader.AtEnd) throw reader.Malformed("section size mismatch: END opcode expected");
        body.UsesMemory = usesMemory;
        body.Calls = calls;
        body.Loops = loops;
        body.StoresInLoops = storesInLoops;
        body.MayRotate = rotations.Found;
        body.Catches = tries > 0;
        // Its end costs nothing.
        body.Straight = straight ? instructions - 1 : 0;
    }

    private void SetLocals(ValueKind[] parameters, FunctionBody body)
    {
        var total = parameters.Length;
        foreach (var (count, _) in body.Locals) total += (int)count;
        if (total > locals.Length) locals = new ValueKind[total * 2];
        parameters.CopyTo(locals, 0);
        localCount = parameters.Length;
        foreach (var (count, kind) in body.Locals)
        {
            locals.AsSpan(localCount, (int)count).Fill(kind);
            localCount += (int)count;
        }
    }

    private void Plain(ref WasmReader reader, InstructionInfo info)
    {
        if (info.Rotation != Rotation.None) rotations.See(info, at);
        if (info.Immediates != Immediates.None) ReadImmediates(ref reader, info);
        var inputs = info.Inputs;
        for (var i = inputs.Length - 1; i >= 0; i--) Pop(inputs[i]);
        if (info.Output is { } output) Push(output);
        else if (openLoops > 0) storesInLoops = true;
    }

    private void ReadImmediates(ref WasmReader reader, InstructionInfo info)
    {
        if (info.Immediates != Immediates.Lane) MemoryAccess(ref reader, info);
        if (info.Immediates != Immediates.Memory && reader.Byte() >= info.Lanes) throw Invalid("invalid lane index");
    }

    private void MemoryAccess(ref WasmReader reader, InstructionInfo info)
    {
        var immediate = MemoryImmediate.Read(ref reader);
        NeedMemory(immediate.Memory);
        if (immediate.Alignment > (uint)info.Alignment) throw Invalid("alignment must not be larger than natural");
    }

    private void NeedMemory(uint index)
    {
        if (index >= (uint)module.Memories.Count) throw Invalid($"unknown memory {index}");
        usesMemory |= index == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(ValueKind kind)
    {
        if (height == stack.Length) Array.Resize(ref stack, height * 2);
        stack[height++] = kind;
    }

    private void Push(ValueKind[] kinds)
    {
        foreach (var kind in kinds) Push(kind);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pop(ValueKind wanted)
    {
        if (height > frames[depth - 1].Height && stack[height - 1] == wanted) height--;
        else PopSlow(wanted);
    }

    private void PopSlow(ValueKind wanted)
    {
        var found = PopAny();
        if (!found.Fits(wanted) && found != Unknown && wanted != Unknown) throw Invalid("type mismatch");
    }

    private ValueKind PopAny()
    {
        ref var frame = ref frames[depth - 1];
        if (height > frame.Height) return stack[--height];
        return frame.Unreachable ? Unknown : throw Invalid("type mismatch");
    }

    private void Pop(ValueKind[] kinds)
    {
        for (var i = kinds.Length - 1; i >= 0; i--) Pop(kinds[i]);
    }

    private void Push(int code, ValueKind[] inputs, ValueKind[] outputs)
    {
        if (depth == frames.Length) Array.Resize(ref frames, depth * 2);
        if (code == Opcode.Loop)
        {
            openLoops++;
            loops = true;
        }
        frames[depth++] = new ControlFrame { Code = code, Inputs = inputs, Outputs = outputs, Height = height };
        Push(inputs);
    }

    private ControlFrame PopFrame()
    {
        var frame = frames[depth - 1];
        Pop(frame.Outputs);
        if (height != frame.Height) throw Invalid("type mismatch");
        if (frame.Code == Opcode.Loop) openLoops--;
        depth--;
        return frame;
    }

    private void MarkUnreachable()
    {
        ref var frame = ref frames[depth - 1];
        height = frame.Height;
        frame.Unreachable = true;
    }

    private ValidationException Invalid(string reason) => new(reason, $"code section, function {function}", at);
}
