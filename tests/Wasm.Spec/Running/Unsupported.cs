namespace ClawGrains.Wasm.Spec.Running;

/// <summary>Tells a proposal that the engine refuses by name from a module that is wrong.</summary>
internal static class Unsupported
{
    /// <summary>The refusal's text, or null where the module was rejected for another reason.</summary>
    public static string? Proposal(Exception e) =>
        e is WasmException && e.Message.Contains("proposal", StringComparison.OrdinalIgnoreCase)
            ? e switch
            {
                DecodeException d => d.Reason,
                ValidationException v => v.Reason,
                _ => e.Message,
            }
            : null;
}
