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

    private readonly Foresight? foresight;

    // Made under the lock of the function's body.
    private readonly CompiledMethod?[] methods;
    private readonly CompiledMethod?[] free;

    // Under this one.
    private readonly Lock gate = new();
    private readonly Dictionary<(int Own, Variant Variant), CompiledMethod> resumed = [];

    public ModuleCode(Engine engine, ModuleData data)
    {
        Data = data;
        Options = engine.Options;
        Types = new ModuleTypes(data);
        Signatures = [.. data.Types.Select(engine.Signatures.Get)];
        methods = new CompiledMethod?[data.Bodies.Count];
        free = new CompiledMethod?[data.Bodies.Count];
        foresight = engine.Options.BackgroundCompilation ? Foresight.For(this) : null;
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

    /// <summary>The fuel that whoever calls a function takes for it: what it costs, where that is always the same; else 0, and it takes it itself.</summary>
    public int Prepaid(int own) => Options.Metering ? Data.Bodies[own].Straight : 0;

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
    public static nint OtherVariant(Instance instance, int own) => instance.Code.CodeOf(own, instance.Untracked, instance.State, ahead: null);

    /// <summary>Called by functions that mark what they write, once they were called so often that it isn't worth it any more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Heated(Instance instance, int own)
    {
        if (!instance.Untracked) BulkMemory.StopTracking(instance);
        return instance.Code.CodeOf(own, untracked: true, instance.State, ahead: null);
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
        return instance.Code.Resumed(own, new Variant(VariantKind.Resumed, loop), instance.State);
    }

    /// <summary>
    /// Called at a loop's head where not all that the turn accesses lies within the memory: the code that goes on there and finds
    /// out at which access.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Careful(Instance instance, int own, int loop)
    {
        instance.State.ResumedLoop = loop;
        return instance.Code.Resumed(own, new Variant(VariantKind.Careful), instance.State);
    }

    /// <summary>Compiles a function the module defines unless that is done, and returns the address to call it at.</summary>
    /// <param name="own">Its index among those.</param>
    /// <param name="untracked">For a memory whose writes aren't marked.</param>
    /// <param name="of">The store whose guest comes to it; null where the host asks.</param>
    public nint Compile(int own, bool untracked = false, StoreState? of = null)
    {
        if (!IsCompiled(own) && Volatile.Read(ref free[own]) is null) CodeOf(own, untracked, of, foresight);
        return Slots[own];
    }

    /// <summary>Compiles every function, by as many threads as there are processors.</summary>
    public void CompileAll() => Parallel.For(0, methods.Length, own => CodeOf(own, untracked: false, of: null, ahead: null));

    /// <summary>How long a function's body is, in bytes.</summary>
    public int Size(int own) => Data.Bodies[own].End - Data.Bodies[own].Start;

    public VariantKind KindOf(int own, bool untracked) =>
        !IsPromotable(Data.Bodies[own]) ? VariantKind.Plain : untracked ? VariantKind.Free : VariantKind.Tracking;

    public bool IsMade(int own, VariantKind kind) => Volatile.Read(ref Place(own, kind)) is not null;

    /// <summary>Has <paramref name="make"/> make a function's code where nobody makes it and nobody has.</summary>
    public void Foresee(int own, bool untracked, Action<int, VariantKind> make)
    {
        var kind = KindOf(own, untracked);
        OnEnoughStack(null, () =>
        {
            lock (Data.Bodies[own])
                if (!IsMade(own, kind)) make(own, kind);
            return 0;
        });
    }

    /// <summary>
    /// Compiles a function; again, elsewhere, where its loops lie badly. What runs 500 turns at most stays where it is.
    /// </summary>
    /// <param name="own">Its index among those of the module.</param>
    /// <param name="variant">Which of its ways.</param>
    /// <param name="begun">Is told what it calls that isn't compiled yet, before it is compiled itself.</param>
    public (CompiledMethod Method, IReadOnlyList<int> Callees) Make(int own, Variant variant, Action<IReadOnlyList<int>>? begun)
    {
        var compiler = new FunctionCompiler(this, own, variant);
        var method = compiler.Compile(begun);
        var stays = !Data.Bodies[own].Loops || variant.Kind is VariantKind.Tracking or VariantKind.Careful || Size(own) > MostPlaced || !LoopPlacement.IsBetterMoved(method.Pointer);
        return (stays ? method : LoopPlacement.Moved(method, () => new FunctionCompiler(this, own, variant).Compile()), compiler.Callees);
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

    private ref CompiledMethod? Place(int own, VariantKind kind) => ref (kind == VariantKind.Free ? free : methods)[own];

    private nint CodeOf(int own, bool untracked, StoreState? of, Foresight? ahead)
    {
        var kind = KindOf(own, untracked);
        return Volatile.Read(ref Place(own, kind)) is { } known ? known.Pointer
            : OnEnoughStack(of, () => CompileHere(own, kind, callees => ahead?.Expect(callees, untracked)));
    }

    // What is replaced may still be running, or its address built into other code: it stays as long as the module.
    private nint CompileHere(int own, VariantKind kind, Action<IReadOnlyList<int>> begun)
    {
        lock (Data.Bodies[own])
        {
            ref var place = ref Place(own, kind);
            if (place is not null) return place.Pointer;
            var method = foresight?.Take(own, kind, begun) ?? Make(own, new Variant(kind), begun).Method;
            if (free[own] is null) Slots[own] = method.Pointer;
            Volatile.Write(ref place, method);
            return method.Pointer;
        }
    }

    private nint Resumed(int own, Variant variant, StoreState of)
    {
        lock (gate)
            if (resumed.TryGetValue((own, variant), out var known)) return known.Pointer;
        return OnEnoughStack(of, () =>
        {
            lock (gate)
            {
                if (!resumed.TryGetValue((own, variant), out var method))
                    resumed[(own, variant)] = method = Make(own, variant, begun: null).Method;
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
