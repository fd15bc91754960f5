using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Validation;

namespace ClawGrains.Wasm.Compilation;

/// <summary>
/// A module's machine code, made function by function. <see cref="Slots"/> holds for each function the address of its
/// code, or of the stub that compiles it. Code and slots are freed with this object, which every instance holds.
/// </summary>
internal sealed unsafe class ModuleCode
{
    // Compiling recurses in the JIT; on less stack than this it is done on a thread of its own.
    private const int StackToCompile = 1 << 20;
    private const int CompilerStack = 64 << 20;

    private readonly Lock gate = new();
    private readonly CompiledMethod?[] methods;

    public ModuleCode(Engine engine, ModuleData data)
    {
        Data = data;
        Options = engine.Options;
        Types = new ModuleTypes(data);
        Signatures = [.. data.Types.Select(engine.Signatures.Get)];
        methods = new CompiledMethod?[data.Bodies.Count];
        MostResults = data.Types.Count == 0 ? 0 : data.Types.Max(type => type.Results.Length);
        Slots = (nint*)NativeMemory.Alloc((nuint)Math.Max(1, data.Bodies.Count), (nuint)sizeof(nint));
        for (var i = 0; i < data.Bodies.Count; i++) Slots[i] = SignatureOf(i + data.ImportedFunctions).Stub;
    }

    ~ModuleCode() => NativeMemory.Free(Slots);

    public ModuleData Data { get; }

    public EngineOptions Options { get; }

    public ModuleTypes Types { get; }

    /// <summary>By type index.</summary>
    public ImmutableArray<Signature> Signatures { get; }

    public nint* Slots { get; }

    public int MostResults { get; }

    public Signature SignatureOf(int function) => Signatures[(int)Data.FunctionTypes[function]];

    public bool IsCompiled(int own) => Volatile.Read(ref methods[own]) is not null;

    /// <summary>Compiles a function the module defines unless that is done, and returns its code's address.</summary>
    public nint Compile(int own)
    {
        if (IsCompiled(own)) return Slots[own];
        return StackLeft() ? CompileHere(own) : CompileElsewhere(own);
    }

    public void CompileAll()
    {
        for (var i = 0; i < methods.Length; i++) Compile(i);
    }

    private static bool StackLeft()
    {
        byte here;
        return (nuint)(&here) > Runtime.ThreadStack.Limit + StackToCompile;
    }

    private nint CompileHere(int own)
    {
        lock (gate)
        {
            if (methods[own] is not null) return Slots[own];
            var method = new FunctionCompiler(this, own).Compile();
            Slots[own] = method.Pointer;
            Volatile.Write(ref methods[own], method);
            return method.Pointer;
        }
    }

    private nint CompileElsewhere(int own)
    {
        nint code = 0;
        var thread = new Thread(() => code = CompileHere(own), CompilerStack) { IsBackground = true };
        thread.Start();
        thread.Join();
        return code;
    }
}
