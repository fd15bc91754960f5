using ClawGrains.Components.Linking;

namespace ClawGrains.Components.Abi;

/// <summary>
/// The state of a guest's compiled calls of one host function, made once. It can be shared by all of them, since an
/// instance cannot be entered again while it calls out.
/// </summary>
internal sealed class HostFastCall(ComponentFrame caller, CanonicalContext context, HostFunc callee) : ValueAccess(context)
{
    private readonly CanonicalContext _context = context;

    public Delegate Implementation { get; } = callee.Clr!.Implementation;

    public HostCall HostCall { get; } = callee.Call;

    public void Enter()
    {
        Trap.If(!caller.State.MayLeave, "cannot leave component instance");
        caller.Store.HostCalls++;
        _context.ResetAccount();
    }
}
