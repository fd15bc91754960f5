namespace ClawGrains.Fuzz.Components;

/// <summary>The fuzz targets of the component model.</summary>
internal static class ComponentTargets
{
    public static IEnumerable<FuzzTarget> All => [new ComponentTarget(), new Abi.AbiTarget()];
}
