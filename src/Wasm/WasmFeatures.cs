namespace ClawGrains.Wasm;

/// <summary>
/// Proposals that an engine accepts on request, beyond WebAssembly 2.0, tail calls and extended constant expressions,
/// which are always on. Every other proposal is refused by name.
/// </summary>
[Flags]
public enum WasmFeatures
{
    /// <summary>None of these.</summary>
    None = 0,

    /// <summary>Tags, <c>throw</c>, <c>throw_ref</c>, <c>try_table</c> and <c>exnref</c>. The legacy form of the proposal is refused.</summary>
    ExceptionHandling = 1,

    /// <summary>More than one memory per module.</summary>
    MultiMemory = 2,

    /// <summary>All of these.</summary>
    All = ExceptionHandling | MultiMemory,
}

internal static class WasmFeatureNames
{
    /// <summary>What to say of something whose feature is off, or which no option turns on.</summary>
    public static string Off(this WasmFeatures feature) => feature switch
    {
        WasmFeatures.ExceptionHandling => "the exception-handling proposal is not enabled (EngineOptions.Features: ExceptionHandling)",
        WasmFeatures.MultiMemory => "the multi-memory proposal is not enabled (EngineOptions.Features: MultiMemory)",
        _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, "BUG: not one feature."),
    };
}
