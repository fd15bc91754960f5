using System.Collections.Immutable;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Catalog;

/// <summary>A swap that is to be announced.</summary>
/// <param name="Report">What changed.</param>
/// <param name="Past">What was served before.</param>
/// <param name="Current">What is served since.</param>
/// <param name="IsOfPlugins">Whether the registry of plugins waits for it.</param>
internal sealed record CatalogNews(ReloadReport Report, PastCatalog Past, Catalog Current, bool IsOfPlugins)
{
    /// <summary>The skills that differ.</summary>
    public ImmutableArray<string> Names => [.. Report.Added, .. Report.Changed, .. Report.Removed];

    /// <summary>Whether nothing was served before.</summary>
    public bool IsFirst => Past.Rows.Count == 0;

    /// <summary>Whether one of them carries a plugin, or did, and the registry is to hear of it first.</summary>
    public bool TouchesPlugins => !IsOfPlugins && (Report.Added.Concat(Report.Changed).Any(Current.Carries) || Report.Changed.Concat(Report.Removed).Any(n => Past.Catalog?.Carries(n) == true));
}
