using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Runtime;
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

    // Longer bodies take the JIT too long to have it compile them again.
    private const int MostPromoted = 20000;

    // Or to have them compiled again for a better place.
    private const int MostPlaced = 4000;

    private readonly Lock gate = new();
    private readonly CompiledMethod?[] methods;
    private readonly CompiledMethod?[] free;
    private readonly Dictionary<(int Own, int Loop), CompiledMethod> resumed = [];

    public ModuleCode(Engine engine, ModuleData data)
    {
        Data = data;
        Options = engine.Options;
        Types = new ModuleTypes(data);
        Signatures = [.. data.Types.Select(engine.Signatures.Get)];
        methods = new CompiledMethod?[data.Bodies.Count];
        free = new CompiledMethod?[data.Bodies.Count];
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

    /// <summary>Whether the function's code won't be replaced any more, so that its address can be built into others.</summary>
    public bool IsFinal(int own) => Volatile.Read(ref free[own]) is not null || (IsCompiled(own) && !IsPromotable(Data.Bodies[own]));

    /// <summary>The variant for the state the instance's memory is in, called by the one for the other state.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint OtherVariant(Instance instance, int own) => instance.Code.Code(own, instance.Untracked, instance.State);

    /// <summary>Called by functions that mark what they write, once they were called so often that it isn't worth it any more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Heated(Instance instance, int own)
    {
        if (!instance.Untracked) BulkMemory.StopTracking(instance);
        return instance.Code.Code(own, untracked: true, instance.State);
    }

    /// <summary>
    /// Called by a loop that has become hot: the code that takes over there, with room for <paramref name="cells"/> values.
    /// From now on the memory's writes aren't marked.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Resume(Instance instance, int own, int loop, int cells)
    {
        BulkMemory.StopTracking(instance);
        instance.State.EnsureTransfer(cells);
        return instance.Code.Resumed(own, loop, instance.State);
    }

    /// <summary>Compiles a function the module defines unless that is done, and returns the address to call it at.</summary>
    /// <param name="own">Its index among those.</param>
    /// <param name="untracked">For a memory whose writes aren't marked.</param>
    /// <param name="of">The store whose guest comes to it; null where the host asks.</param>
    public nint Compile(int own, bool untracked = false, StoreState? of = null)
    {
        if (!IsCompiled(own) && Volatile.Read(ref free[own]) is null) Code(own, untracked, of);
        return Slots[own];
    }

    public void CompileAll()
    {
        for (var i = 0; i < methods.Length; i++) Compile(i);
    }

    private static bool StackLeft()
    {
        byte here;
        return (nuint)(&here) > ThreadStack.Limit + StackToCompile;
    }

    // Nothing jumps into a protected region, and references can't be handed over.
    private static bool IsPromotable(FunctionBody body) =>
        body.StoresInLoops && !body.Catches && body.End - body.Start <= MostPromoted && !body.Locals.Any(local => local.Kind.IsReference());

    private bool IsCompiled(int own) => Volatile.Read(ref methods[own]) is not null;

    private nint Code(int own, bool untracked, StoreState? of)
    {
        var promotable = IsPromotable(Data.Bodies[own]);
        var kind = !promotable ? VariantKind.Plain : untracked ? VariantKind.Free : VariantKind.Tracking;
        ref var place = ref (kind == VariantKind.Free ? free : methods)[own];
        return Volatile.Read(ref place) is { } known ? known.Pointer : OnEnoughStack(of, () => CompileHere(own, kind));
    }

    // What is replaced may still be running, or its address built into other code: it stays as long as the module.
    private nint CompileHere(int own, VariantKind kind)
    {
        lock (gate)
        {
            ref var place = ref (kind == VariantKind.Free ? free : methods)[own];
            if (place is not null) return place.Pointer;
            var method = Placed(own, new Variant(kind));
            if (free[own] is null) Slots[own] = method.Pointer;
            Volatile.Write(ref place, method);
            return method.Pointer;
        }
    }

    // Compiled again, elsewhere, where its loops lie badly. What runs 500 turns at most stays where it is.
    private CompiledMethod Placed(int own, Variant variant)
    {
        var method = new FunctionCompiler(this, own, variant).Compile();
        var body = Data.Bodies[own];
        if (!body.Loops || variant.Kind == VariantKind.Tracking || body.End - body.Start > MostPlaced) return method;
        return LoopPlacement.IsBetterMoved(method.Pointer)
            ? LoopPlacement.Moved(method, new FunctionCompiler(this, own, variant).Compile) : method;
    }

    private nint Resumed(int own, int loop, StoreState of)
    {
        lock (gate)
            if (resumed.TryGetValue((own, loop), out var known)) return known.Pointer;
        return OnEnoughStack(of, () =>
        {
            lock (gate)
            {
                if (!resumed.TryGetValue((own, loop), out var method))
                    resumed[(own, loop)] = method = Placed(own, new Variant(VariantKind.Resumed, loop));
                return method.Pointer;
            }
        });
    }

    private static nint OnEnoughStack(StoreState? of, Func<nint> compile)
    {
        if (of is { MayCompile: false }) throw new TrapException(TrapKind.Interrupted, "a function is not compiled yet");
        if (StackLeft()) return compile();
        nint code = 0;
        var thread = new Thread(() => code = compile(), CompilerStack) { IsBackground = true };
        thread.Start();
        thread.Join();
        return code;
    }
}
