using System.Buffers.Binary;
using ClawGrains.Components.Linking;

namespace ClawGrains.Components.Abi;

/// <summary>
/// The state of a guest's compiled calls of one host function, made once. It can be shared by all of them, since an
/// instance cannot be entered again while it calls out.
/// </summary>
internal sealed class HostFastCall(ComponentFrame caller, CanonicalContext context, HostFunc callee)
{
    public Delegate Implementation { get; } = callee.Clr!.Implementation;

    public HostCall HostCall { get; } = callee.Call;

    public void Enter()
    {
        Trap.If(!caller.State.MayLeave, "cannot leave component instance");
        caller.Store.HostCalls++;
        context.ResetAccount();
    }

    public string LiftString(uint pointer, uint length) => (string)StringLoading.FromRange(context, pointer, length).Payload!;

    public byte[] LiftBytes(uint pointer, uint length) => Loading.BytesFromRange(context, pointer, length);

    public void StoreString(uint area, string? value)
    {
        context.CheckArea(area, 4, 8);
        Store(area, StringStoring.IntoRange(context, ComponentValue.String(value ?? throw Missing("string"))));
    }

    public void StoreBytes(uint area, byte[]? value)
    {
        context.CheckArea(area, 4, 8);
        Store(area, Storing.BytesIntoRange(context, value ?? throw Missing("list")));
    }

    private void Store(uint area, (uint Pointer, uint Length) pair)
    {
        var bytes = context.Memory.Write(area, 8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, pair.Pointer);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], pair.Length);
    }

    private static ComponentException Missing(string type) => ComponentException.Value($"a value of .NET type null is no {type}");
}
