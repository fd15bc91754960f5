namespace ClawGrains.Grains.Catalog;

/// <summary>What is stored of a catalog, so that numbers only grow across restarts.</summary>
[GenerateSerializer, Alias("clawgrains.catalog-state")]
internal sealed class CatalogState
{
    /// <summary>The number of the newest snapshot; 0 before the first.</summary>
    [Id(0)]
    public long Number { get; set; }

    /// <summary>The fingerprint of what that snapshot held.</summary>
    [Id(1)]
    public string Fingerprint { get; set; } = "";
}
