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

    private const int MostDoubled = 6000;

    private readonly Lock gate = new();
    private readonly List<CompiledMethod> replaced = [];
    private readonly bool[] promoted;
    private readonly CompiledMethod?[] methods;

    public ModuleCode(Engine engine, ModuleData data)
    {
        Data = data;
        Options = engine.Options;
        Types = new ModuleTypes(data);
        Signatures = [.. data.Types.Select(engine.Signatures.Get)];
        promoted = new bool[data.Bodies.Count];
        methods = new CompiledMethod?[data.Bodies.Count];
        MostResults = data.Types.Count == 0 ? 0 : data.Types.Max(type => type.Results.Length);
        Slots = (nint*)NativeMemory.AllocZeroed((nuint)Math.Max(1, data.Bodies.Count), (nuint)sizeof(nint));
    }

    ~ModuleCode() => NativeMemory.Free(Slots);

    public ModuleData Data { get; }

    public EngineOptions Options { get; }

    public ModuleTypes Types { get; }

    /// <summary>By type index.</summary>
    public ImmutableArray<Signature> Signatures { get; }

    public nint* Slots { get; }

    public int MostResults { get; }

    /// <summary>Exceptions of guests may pass through the module's frames.</summary>
    public bool MayUnwind => (Data.Enabled & WasmFeatures.ExceptionHandling) != 0;

    public Signature SignatureOf(int function) => Signatures[(int)Data.FunctionTypes[function]];

    /// <summary>The slot of a function the module defines, made callable; stubs are made only for what may be called.</summary>
    public nint* CallableSlot(int own)
    {
        if (Slots[own] != 0) return Slots + own;
        var stub = SignatureOf(own + Data.ImportedFunctions).Stub;
        Interlocked.CompareExchange(ref Slots[own], stub, 0);
        return Slots + own;
    }

    /// <summary>Whether a function is compiled again when it is hot. Long bodies would make the JIT give up optimizing, and nothing jumps into a protected region.</summary>
    public static bool IsPromotable(FunctionBody body) => body.StoresInLoops && !body.Catches && body.End - body.Start <= MostDoubled;

    /// <summary>Whether the function's code won't be replaced any more, so that its address can be built into others.</summary>
    public bool IsFinal(int own) => IsCompiled(own) && (!IsPromotable(Data.Bodies[own]) || Volatile.Read(ref promoted[own]));

    /// <summary>Called by a function that has become hot. Code that is running keeps running; later calls get the new.</summary>
    public static void PromoteHot(Instance instance, int own) => instance.Code.Promote(own);

    private bool IsCompiled(int own) => Volatile.Read(ref methods[own]) is not null;

    /// <summary>Compiles a function the module defines unless that is done, and returns its code's address.</summary>
    public nint Compile(int own)
    {
        if (IsCompiled(own)) return Slots[own];
        return OnEnoughStack(() => CompileHere(own));
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
            var method = new FunctionCompiler(this, own, promoted: false).Compile();
            Slots[own] = method.Pointer;
            Volatile.Write(ref methods[own], method);
            return method.Pointer;
        }
    }

    private void Promote(int own)
    {
        if (!Volatile.Read(ref promoted[own])) OnEnoughStack(() => PromoteHere(own));
    }

    // What is replaced may still be running, or its address built into other code: it stays as long as the module.
    private nint PromoteHere(int own)
    {
        lock (gate)
        {
            if (promoted[own]) return Slots[own];
            var method = new FunctionCompiler(this, own, promoted: true).Compile();
            replaced.Add(methods[own]!);
            methods[own] = method;
            Slots[own] = method.Pointer;
            Volatile.Write(ref promoted[own], true);
            return method.Pointer;
        }
    }

    private static nint OnEnoughStack(Func<nint> compile)
    {
        if (StackLeft()) return compile();
        nint code = 0;
        var thread = new Thread(() => code = compile(), CompilerStack) { IsBackground = true };
        thread.Start();
        thread.Join();
        return code;
    }
}
