namespace ClawGrains.Wasm.Binary;

/// <summary>The instructions that validation and compilation treat one by one; the rest go by <see cref="Instructions.Table"/>.</summary>
internal static class Opcode
{
    public const int Unreachable = 0x00, Nop = 0x01, Block = 0x02, Loop = 0x03, If = 0x04, Else = 0x05;
    public const int Throw = 0x08, ThrowRef = 0x0A, TryTable = 0x1F;
    public const int End = 0x0B, Br = 0x0C, BrIf = 0x0D, BrTable = 0x0E, Return = 0x0F;
    public const int Call = 0x10, CallIndirect = 0x11, ReturnCall = 0x12, ReturnCallIndirect = 0x13;
    public const int Drop = 0x1A, Select = 0x1B, SelectTyped = 0x1C;
    public const int LocalGet = 0x20, LocalSet = 0x21, LocalTee = 0x22, GlobalGet = 0x23, GlobalSet = 0x24;
    public const int TableGet = 0x25, TableSet = 0x26;
    public const int MemorySize = 0x3F, MemoryGrow = 0x40;
    public const int I32Const = 0x41, I64Const = 0x42, F32Const = 0x43, F64Const = 0x44;
    public const int I32Add = 0x6A, I32Sub = 0x6B, I32Mul = 0x6C, I64Add = 0x7C, I64Sub = 0x7D, I64Mul = 0x7E;
    public const int RefNull = 0xD0, RefIsNull = 0xD1, RefFunc = 0xD2;
    public const int MemoryInit = 0x108, DataDrop = 0x109, MemoryCopy = 0x10A, MemoryFill = 0x10B;
    public const int TableInit = 0x10C, ElemDrop = 0x10D, TableCopy = 0x10E, TableGrow = 0x10F, TableSize = 0x110, TableFill = 0x111;
    public const int V128Const = 0x20C, Shuffle = 0x20D;
}
