namespace ClawGrains.Wasm.Binary;

/// <summary>
/// Finds the end of a constant expression. Instructions that can't be constant are skipped with their immediates where
/// these are known without context, so that it is validation that refuses them (§3.3.10).
/// </summary>
internal static class ConstExpressionReader
{
    public static ConstExpression Skip(ref WasmReader reader)
    {
        var start = reader.Position;
        while (true)
        {
            var code = InstructionReader.Opcode(ref reader);
            if (code == Opcode.End) return new ConstExpression(start, reader.Position);
            SkipImmediates(ref reader, code);
        }
    }

    /// <summary>Moves past the immediates of any instruction.</summary>
    public static void SkipImmediates(ref WasmReader reader, int code)
    {
        var info = Instructions.Table[code];
        switch (info.Immediates)
        {
            case Immediates.Memory or Immediates.MemoryLane:
                MemoryImmediate.Read(ref reader);
                if (info.Immediates == Immediates.MemoryLane) reader.Byte();
                break;
            case Immediates.Lane:
                reader.Byte();
                break;
            case Immediates.Special:
                SkipSpecial(ref reader, code);
                break;
        }
    }

    private static void SkipSpecial(ref WasmReader reader, int code)
    {
        switch (code)
        {
            case Opcode.Block or Opcode.Loop or Opcode.If: reader.S33(); break;
            case Opcode.I32Const: reader.S32(); break;
            case Opcode.I64Const: reader.S64(); break;
            case Opcode.F32Const: reader.Bytes(4); break;
            case Opcode.F64Const: reader.Bytes(8); break;
            case Opcode.V128Const or Opcode.Shuffle: reader.Bytes(16); break;
            case Opcode.RefNull: TypeReader.Reference(ref reader); break;
            case Opcode.TryTable:
                reader.S33();
                for (var left = reader.Count(); left > 0; left--) CatchClause.Read(ref reader);
                break;
            case Opcode.SelectTyped:
                for (var left = reader.Count(); left > 0; left--) TypeReader.Value(ref reader);
                break;
            case Opcode.BrTable:
                for (var left = reader.Count() + 1L; left > 0; left--) reader.U32();
                break;
            case Opcode.CallIndirect or Opcode.ReturnCallIndirect or Opcode.MemoryInit or Opcode.MemoryCopy or Opcode.TableInit or Opcode.TableCopy:
                reader.U32();
                reader.U32();
                break;
            case Opcode.Unreachable or Opcode.Nop or Opcode.Else or Opcode.End or Opcode.Return or Opcode.Drop or Opcode.Select or Opcode.RefIsNull or Opcode.ThrowRef:
                break;
            default: reader.U32(); break;
        }
    }
}
