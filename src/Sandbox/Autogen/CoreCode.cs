namespace ClawGrains.Sandbox.Autogen;

/// <summary>Writes the body of a function whose parameters, locals and result are all i32 (core spec, §5.4).</summary>
internal sealed class CoreCode(int parameters)
{
    private const byte Empty = 0x40;
    private readonly ByteWriter _code = new();
    private int _locals;

    /// <summary>A new local; its value is 0.</summary>
    public int Local() => parameters + _locals++;

    public CoreCode Get(int local) => Op(0x20, local);

    public CoreCode Set(int local) => Op(0x21, local);

    public CoreCode Tee(int local) => Op(0x22, local);

    public CoreCode GlobalGet(int global) => Op(0x23, global);

    public CoreCode GlobalSet(int global) => Op(0x24, global);

    public CoreCode Call(int function) => Op(0x10, function);

    public CoreCode Const(int value)
    {
        _code.Byte(0x41).S32(value);
        return this;
    }

    public CoreCode Load(int offset = 0) => Access(0x28, 2, offset);

    public CoreCode LoadByte(int offset = 0) => Access(0x2d, 0, offset);

    public CoreCode Store(int offset = 0) => Access(0x36, 2, offset);

    public CoreCode StoreByte(int offset = 0) => Access(0x3a, 0, offset);

    public CoreCode Not() => Op(0x45);

    public CoreCode Eq() => Op(0x46);

    public CoreCode Ne() => Op(0x47);

    public CoreCode LtU() => Op(0x49);

    public CoreCode GtU() => Op(0x4b);

    public CoreCode GeU() => Op(0x4f);

    public CoreCode Add() => Op(0x6a);

    public CoreCode Sub() => Op(0x6b);

    public CoreCode And() => Op(0x71);

    public CoreCode Or() => Op(0x72);

    public CoreCode Shl() => Op(0x74);

    public CoreCode ShrU() => Op(0x76);

    public CoreCode Select() => Op(0x1b);

    public CoreCode Drop() => Op(0x1a);

    public CoreCode Return() => Op(0x0f);

    public CoreCode Unreachable() => Op(0x00);

    public CoreCode MemorySize() => Op(0x3f, 0);

    public CoreCode MemoryGrow() => Op(0x40, 0);

    public CoreCode MemoryCopy()
    {
        _code.Byte(0xfc).U32(10).Byte(0).Byte(0);
        return this;
    }

    /// <summary>Takes the condition from the stack.</summary>
    public CoreCode If(Action then, Action? otherwise = null)
    {
        _code.Byte(0x04).Byte(Empty);
        then();
        if (otherwise is not null)
        {
            _code.Byte(0x05);
            otherwise();
        }
        return Op(0x0b);
    }

    /// <summary>Runs the body as long as the condition leaves something else than 0 on the stack.</summary>
    public CoreCode While(Action condition, Action body)
    {
        _code.Byte(0x02).Byte(Empty).Byte(0x03).Byte(Empty);
        condition();
        Not().Op(0x0d, 1);
        body();
        return Op(0x0c, 0).Op(0x0b).Op(0x0b);
    }

    /// <summary>Runs the body until it returns.</summary>
    public CoreCode Forever(Action body)
    {
        _code.Byte(0x03).Byte(Empty);
        body();
        return Op(0x0c, 0).Op(0x0b).Unreachable();
    }

    /// <summary>The function as the code section holds it, without its size.</summary>
    public ByteWriter ToEntry()
    {
        var entry = new ByteWriter();
        if (_locals == 0) entry.U32(0);
        else entry.U32(1).U32(_locals).Byte(CoreModule.I32);
        return entry.Bytes(_code.ToArray()).Byte(0x0b);
    }

    private CoreCode Op(byte opcode)
    {
        _code.Byte(opcode);
        return this;
    }

    private CoreCode Op(byte opcode, int index)
    {
        _code.Byte(opcode).U32(index);
        return this;
    }

    private CoreCode Access(byte opcode, int align, int offset)
    {
        _code.Byte(opcode).U32(align).U32(offset);
        return this;
    }
}
