using System.Runtime.Intrinsics;
using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Evaluates validated constant expressions (§4.4.10, extended-const).</summary>
internal static class ConstEvaluator
{
    public static Value Evaluate(Instance instance, ConstExpression expression)
    {
        var reader = instance.Module.Data.Reader(expression.Start, expression.End, "constant expression");
        var first = InstructionReader.Opcode(ref reader);
        var value = Push(instance, ref reader, first);
        if (reader.Peek() == Opcode.End) return value;
        return Continue(instance, ref reader, value);
    }

    private static Value Continue(Instance instance, ref WasmReader reader, Value first)
    {
        var stack = new Stack<Value>();
        stack.Push(first);
        while (true)
        {
            var code = InstructionReader.Opcode(ref reader);
            if (code == Opcode.End) return stack.Pop();
            stack.Push(IsArithmetic(code) ? Arithmetic(code, stack.Pop(), stack.Pop()) : Push(instance, ref reader, code));
        }
    }

    private static bool IsArithmetic(int code) =>
        code is Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul or Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul;

    private static Value Arithmetic(int code, Value right, Value left) => code switch
    {
        Opcode.I32Add => Value.I32(unchecked(left.AsI32() + right.AsI32())),
        Opcode.I32Sub => Value.I32(unchecked(left.AsI32() - right.AsI32())),
        Opcode.I32Mul => Value.I32(unchecked(left.AsI32() * right.AsI32())),
        Opcode.I64Add => Value.I64(unchecked(left.AsI64() + right.AsI64())),
        Opcode.I64Sub => Value.I64(unchecked(left.AsI64() - right.AsI64())),
        _ => Value.I64(unchecked(left.AsI64() * right.AsI64())),
    };

    private static Value Push(Instance instance, ref WasmReader reader, int code) => code switch
    {
        Opcode.I32Const => Value.I32(reader.S32()),
        Opcode.I64Const => Value.I64(reader.S64()),
        Opcode.F32Const => new Value(ValueKind.F32, reader.U32Fixed()),
        Opcode.F64Const => new Value(ValueKind.F64, reader.U64Fixed()),
        Opcode.V128Const => Value.V128(Vector128.Create(reader.Bytes(16))),
        Opcode.RefNull => Value.Default(TypeReader.Reference(ref reader)),
        Opcode.RefFunc => Value.FuncRef(instance.Function(reader.U32())),
        Opcode.GlobalGet => instance.GlobalAt((int)reader.U32()).Value,
        _ => throw new InvalidOperationException($"BUG: opcode {code} in a validated constant expression."),
    };
}
