using ClawGrains.Fuzz.Wasm.Decoding;
using ClawGrains.Fuzz.Wasm.Differential;
using ClawGrains.Fuzz.Wasm.Generation;
using ClawGrains.Support;

namespace ClawGrains.Fuzz.Wasm;

/// <summary>The fuzz targets of the WebAssembly engine; those against V8 only where node is there.</summary>
internal static class WasmTargets
{
    public static IEnumerable<FuzzTarget> All
    {
        get
        {
            yield return new ModesTarget();
            yield return new ModesTarget(ModuleKind.Extended);
            yield return new ModesTarget(ModuleKind.Loops);
            yield return new DecodeTarget();
            if (Programs.Find("node") is not { } node) yield break;
            yield return new NodeTarget(node);
            yield return new NodeTarget(node, hasLoops: true);
            yield return new NodeValidateTarget(node);
        }
    }
}
