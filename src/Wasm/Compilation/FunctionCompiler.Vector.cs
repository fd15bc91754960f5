using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <content>Vector instructions (§4.4.2).</content>
internal sealed unsafe partial class FunctionCompiler
{
    private void Vector(ref WasmReader reader, InstructionInfo info) => throw new NotImplementedException();
    private void VectorConstant(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();
    private void Shuffle(ReadOnlySpan<byte> lanes) => throw new NotImplementedException();
}
