using System.Buffers.Binary;
using System.Text;
using ClawGrains.Components.Linking;

namespace ClawGrains.Components.Abi;

/// <summary>
/// The state of a compiled call of one lifted function, made once: nothing is allocated per call but strings and arrays.
/// It can be shared by all calls of the function, since an instance cannot be entered from the host while it runs.
/// </summary>
internal sealed class FastCall(ComponentFrame frame, CanonicalContext context, BorrowScope task, Delegate core, Delegate? postReturn)
{
    private readonly Core.ICoreMemory? _memory = context.Options.Memory;
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
        context.ResetAccount();
    }

    public void Leave()
    {
        _instance.Task = null;
        _instance.LeaveTo(null);
    }

    public void BeginPostReturn() => _instance.MayLeave = false;

    public void EndPostReturn() => _instance.MayLeave = true;

    /// <summary>Lowers a string to its pointer and length, packed low and high.</summary>
    public ulong LowerString(string value)
    {
        var (pointer, units) = StringStoring.IntoRange(context, ComponentValue.String(value));
        return pointer | ((ulong)units << 32);
    }

    public ulong LowerBytes(byte[] value)
    {
        var (pointer, length) = Storing.BytesIntoRange(context, value);
        return pointer | ((ulong)length << 32);
    }

    public string LiftString(uint area)
    {
        var (pointer, length) = Pair(area);
        return (string)StringLoading.FromRange(context, pointer, length).Payload!;
    }

    public byte[] LiftBytes(uint area)
    {
        var (pointer, length) = Pair(area);
        return Loading.BytesFromRange(context, pointer, length);
    }

    /// <summary>Checks where a result lies, before any of it is read.</summary>
    public void CheckArea(uint area, uint alignment, uint size) => context.CheckArea(area, alignment, size);

    /// <summary>The case of a variant that has no more than 256 of them.</summary>
    public uint LoadCase(uint at, uint cases)
    {
        var index = Load8(at);
        Trap.If(index >= cases, "invalid variant discriminant");
        return index;
    }

    public uint Load8(uint at) => _memory!.Read(at, 1)[0];

    public uint Load16(uint at) => BinaryPrimitives.ReadUInt16LittleEndian(_memory!.Read(at, 2));

    public uint Load32(uint at) => BinaryPrimitives.ReadUInt32LittleEndian(_memory!.Read(at, 4));

    public ulong Load64(uint at) => BinaryPrimitives.ReadUInt64LittleEndian(_memory!.Read(at, 8));

    public float LoadF32(uint at) => BinaryPrimitives.ReadSingleLittleEndian(_memory!.Read(at, 4));

    public double LoadF64(uint at) => BinaryPrimitives.ReadDoubleLittleEndian(_memory!.Read(at, 8));

    private (uint Pointer, uint Length) Pair(uint area)
    {
        CheckArea(area, 4, 8);
        var bytes = _memory!.Read(area, 8);
        return (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
    }

    public static void RequireNotNull(object? argument) => ArgumentNullException.ThrowIfNull(argument);

    public static Rune LiftChar(uint code)
    {
        Trap.If(!Rune.IsValid(code), "invalid `char` bit pattern");
        return new Rune(code);
    }

    public static uint LowerChar(Rune value) => (uint)value.Value;

    public static float Canonical(float value) => float.IsNaN(value) ? BitConverter.UInt32BitsToSingle(0x7fc00000u) : value;

    public static double Canonical(double value) => double.IsNaN(value) ? BitConverter.UInt64BitsToDouble(0x7ff8000000000000ul) : value;
}
