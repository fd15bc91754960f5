using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Validation;

/// <summary>Constant expressions, with the arithmetic of the extended-const proposal (§3.3.10).</summary>
internal static class ConstExpressionValidator
{
    public static void Validate(ModuleData module, ConstExpression expression, ValueKind wanted, string section)
    {
        var reader = module.Reader(expression.Start, expression.End, section);
        var stack = new List<ValueKind>();
        while (true)
        {
            var at = reader.Position;
            var code = InstructionReader.Opcode(ref reader);
            if (code == Opcode.End)
            {
                if (stack is [var only] && only.Fits(wanted)) return;
                throw new ValidationException("type mismatch", section, at);
            }
            Step(module, ref reader, code, stack, at);
        }
    }

    private static void Step(ModuleData module, ref WasmReader reader, int code, List<ValueKind> stack, int at)
    {
        switch (code)
        {
            case Opcode.I32Const: reader.S32(); stack.Add(ValueKind.I32); break;
            case Opcode.I64Const: reader.S64(); stack.Add(ValueKind.I64); break;
            case Opcode.F32Const: reader.Bytes(4); stack.Add(ValueKind.F32); break;
            case Opcode.F64Const: reader.Bytes(8); stack.Add(ValueKind.F64); break;
            case Opcode.V128Const: reader.Bytes(16); stack.Add(ValueKind.V128); break;
            case Opcode.RefNull: stack.Add(TypeReader.Reference(ref reader)); break;
            case Opcode.RefFunc:
                ModuleValidator.Declare(module, reader.U32(), reader.Section, at);
                stack.Add(ValueKind.FuncRef);
                break;
            case Opcode.GlobalGet: stack.Add(Global(module, ref reader, at)); break;
            case Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul: Arithmetic(module, stack, ValueKind.I32, reader.Section, at); break;
            case Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul: Arithmetic(module, stack, ValueKind.I64, reader.Section, at); break;
            default: throw new ValidationException("constant expression required", reader.Section, at);
        }
    }

    private static ValueKind Global(ModuleData module, ref WasmReader reader, int at)
    {
        var index = reader.U32();
        if (index >= (uint)module.ImportedGlobals) throw new ValidationException(Unknown(module, index), reader.Section, at);
        var type = module.GlobalTypes[(int)index];
        return type.IsMutable ? throw new ValidationException("constant expression required", reader.Section, at) : type.Content;
    }

    private static string Unknown(ModuleData module, uint index) => index < (uint)module.GlobalTypes.Count && !module.GlobalTypes[(int)index].IsMutable
        ? $"unknown global {index}: only imported ones are known to constant expressions; the gc proposal is not supported"
        : $"unknown global {index}";

    private static void Arithmetic(ModuleData module, List<ValueKind> stack, ValueKind kind, string section, int at)
    {
        module.Features.Add("extended-const");
        if (stack.Count < 2 || stack[^1] != kind || stack[^2] != kind) throw new ValidationException("type mismatch", section, at);
        stack.RemoveAt(stack.Count - 1);
    }
}
