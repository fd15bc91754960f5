using System.Runtime.ExceptionServices;

namespace ClawGrains.Wasm.Compilation;

/// <summary>
/// Has the functions that one in the making calls compiled by the thread pool meanwhile, for the guest will probably come
/// to them next. What it makes becomes the module's code when it is called, so that guests come to the same code with and
/// without it. Where less than half of what it makes is called, it soon ends.
/// </summary>
internal sealed class Foresight(ModuleCode code, SpareThreads threads) : IThreadPoolWorkItem
{
    /// <summary>A function that calls more is one that chooses between them.</summary>
    public const int MostCallees = 64;

    // In bytes of bodies. What is longer would hold a thread of the pool for more than some 10 ms.
    private const int Longest = 8 << 10, Start = 32 << 10, MostCredit = 2 * Start;

    private readonly Lock gate = new();
    private readonly Stack<(int Own, bool Untracked)> expected = new();
    private readonly Dictionary<(int Own, VariantKind Kind), Made> made = [];
    private int credit = Start;
    private bool working;

    /// <summary>For a module's guests; null where there is no processor besides theirs.</summary>
    public static Foresight? For(ModuleCode code) => Environment.ProcessorCount == 1 ? null : new Foresight(code, SpareThreads.OfProcess);

    private sealed record Made(CompiledMethod? Method, IReadOnlyList<int> Callees, ExceptionDispatchInfo? Failure);

    /// <summary>Begins with the functions called; those of other modules are none of its business.</summary>
    public void Expect(IReadOnlyList<int> callees, bool untracked)
    {
        if (callees.Count is 0 or > MostCallees) return;
        lock (gate)
        {
            // The guest comes from the front. While it compiles one itself, the next is made here.
            for (var i = 1; i < callees.Count; i += 2) Expect(callees[i], untracked);
            for (var i = (callees.Count - 1) / 2 * 2; i >= 0; i -= 2) Expect(callees[i], untracked);
            working = working || (expected.Count > 0 && threads.TryBegin(this));
        }
    }

    /// <summary>
    /// To be told that a function is called now. Its code if it is made already, after <paramref name="begun"/> was told what
    /// it calls; throws what compiling it threw.
    /// </summary>
    public CompiledMethod? Take(int own, VariantKind kind, Action<IReadOnlyList<int>> begun)
    {
        Made? found;
        lock (gate)
        {
            if (!made.Remove((own, kind), out found)) return null;
            credit = Math.Min(credit + (2 * code.Size(own)), MostCredit);
        }
        found.Failure?.Throw();
        begun(found.Callees);
        return found.Method;
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (Next() is not { } next) return;
        code.Foresee(next.Own, next.Untracked, Make);
        threads.GoOn(this);
    }

    private void Expect(int own, bool untracked)
    {
        if (IsWanted(own, code.KindOf(own, untracked))) expected.Push((own, untracked));
    }

    private bool IsWanted(int own, VariantKind kind) =>
        code.Size(own) <= Math.Min(Longest, credit) && !code.IsMade(own, kind) && !made.ContainsKey((own, kind));

    private (int Own, bool Untracked)? Next()
    {
        lock (gate)
        {
            while (expected.TryPop(out var next))
            {
                if (!IsWanted(next.Own, code.KindOf(next.Own, next.Untracked))) continue;
                credit -= code.Size(next.Own);
                return next;
            }
            working = false;
            threads.End();
            return null;
        }
    }

    // A failure is for who calls the function.
    private void Make(int own, VariantKind kind)
    {
        Made result;
        try
        {
            var (method, callees) = code.Make(own, new Variant(kind), begun: null);
            result = new Made(method, callees, null);
        }
        catch (Exception e)
        {
            result = new Made(null, [], ExceptionDispatchInfo.Capture(e));
        }
        lock (gate) made[(own, kind)] = result;
    }
}
