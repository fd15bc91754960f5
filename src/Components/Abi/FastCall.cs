using ClawGrains.Components.Linking;

namespace ClawGrains.Components.Abi;

/// <summary>
/// The state of a compiled call of one lifted function, made once: nothing is allocated per call but strings and arrays.
/// It can be shared by all calls of the function, since an instance cannot be entered from the host while it runs.
/// </summary>
internal sealed class FastCall(ComponentFrame frame, CanonicalContext context, BorrowScope task, Delegate core, Delegate? postReturn) : ValueAccess(context)
{
    private readonly CanonicalContext _context = context;
    private readonly InstanceState _instance = frame.State;
    private readonly int _use = frame.Store.Use;

    public Delegate CoreFunction => core;

    public Delegate? PostReturn => postReturn;

    public void Enter()
    {
        if (frame.Store.Use != _use) throw new ObjectDisposedException(nameof(ComponentInstance));
        _instance.EnterFrom(null);
        _instance.Task = task;
        _instance.Context = default;
        _context.ResetAccount();
    }

    public void Leave()
    {
        _instance.Task = null;
        _instance.LeaveTo(null);
    }

    public void BeginPostReturn() => _instance.MayLeave = false;

    public void EndPostReturn() => _instance.MayLeave = true;

    public static void RequireNotNull(object? argument) => ArgumentNullException.ThrowIfNull(argument);
}
