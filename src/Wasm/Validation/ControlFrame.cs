namespace ClawGrains.Wasm.Validation;

/// <summary>An entry of the control stack of the specification's algorithm (appendix A.3).</summary>
internal struct ControlFrame
{
    public int Code;
    public ValueKind[] Inputs;
    public ValueKind[] Outputs;
    public int Height;
    public bool Unreachable;

    public readonly ValueKind[] LabelTypes => Code == Binary.Opcode.Loop ? Inputs : Outputs;
}
