using ClawGrains.Fuzz.Wasm.Decoding;
using ClawGrains.Fuzz.Wasm.Differential;
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
            yield return new ModesTarget(isExtended: true);
            yield return new DecodeTarget();
            if (Programs.Find("node") is not { } node) yield break;
            yield return new NodeTarget(node);
            yield return new NodeValidateTarget(node);
        }
    }
}
