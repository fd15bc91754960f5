using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Validation;

/// <content>Memory and table instructions without a memory operand (§3.3.6, §3.3.7).</content>
internal sealed partial class FunctionValidator
{
    private void Memory(ref WasmReader reader, int code)
    {
        uint segment = 0;
        var at = reader.Position;
        if (code is Opcode.MemoryInit or Opcode.DataDrop) segment = reader.U32();
        if (code != Opcode.DataDrop) NeedMemory(MemoryImmediate.Index(ref reader));
        if (code == Opcode.MemoryCopy) NeedMemory(MemoryImmediate.Index(ref reader));
        if (code is Opcode.MemoryInit or Opcode.DataDrop) DataIndex(ref reader, segment, at);
        switch (code)
        {
            case Opcode.DataDrop: return;
            case Opcode.MemorySize: Push(ValueKind.I32); return;
            case Opcode.MemoryGrow: Tee(ValueKind.I32); return;
        }
        PopThreeI32();
    }

    private void DataIndex(ref WasmReader reader, uint index, int position)
    {
        if (module.DataCount is not { } count) throw reader.MalformedAt("data count section required", position);
        if (index >= count) throw Invalid($"unknown data segment {index}");
    }

    private void PopThreeI32()
    {
        Pop(ValueKind.I32);
        Pop(ValueKind.I32);
        Pop(ValueKind.I32);
    }

    private TableType Table(uint index) =>
        index < (uint)module.Tables.Count ? module.Tables[(int)index] : throw Invalid($"unknown table {index}");

    private ElementSegment Segment(uint index) =>
        index < (uint)module.Elements.Count ? module.Elements[(int)index] : throw Invalid($"unknown elem segment {index}");

    private void TableOperation(ref WasmReader reader, int code)
    {
        var first = reader.U32();
        switch (code)
        {
            case Opcode.TableGet:
                Pop(ValueKind.I32);
                Push(Table(first).Element);
                break;
            case Opcode.TableSet:
                Pop(Table(first).Element);
                Pop(ValueKind.I32);
                break;
            case Opcode.TableInit:
                var segment = Segment(first);
                if (!segment.Type.Fits(Table(reader.U32()).Element)) throw Invalid("type mismatch");
                PopThreeI32();
                break;
            case Opcode.ElemDrop:
                Segment(first);
                break;
            case Opcode.TableCopy:
                var target = Table(first).Element;
                if (!Table(reader.U32()).Element.Fits(target)) throw Invalid("type mismatch");
                PopThreeI32();
                break;
            default:
                TableSized(code, Table(first));
                break;
        }
    }

    private void TableSized(int code, TableType table)
    {
        if (code != Opcode.TableSize) Pop(ValueKind.I32);
        if (code != Opcode.TableSize) Pop(table.Element);
        if (code == Opcode.TableFill) Pop(ValueKind.I32);
        else Push(ValueKind.I32);
    }
}
