using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog;

/// <summary>A version that is to be served, before names are resolved.</summary>
/// <param name="Skill">The version.</param>
/// <param name="OnDisk">What is on disk at its place, or null.</param>
/// <param name="Fault">Why that is not served, or null.</param>
/// <param name="Held">Whether a rollback decided it.</param>
internal sealed record Offer(DiscoveredSkill Skill, DiscoveredSkill? OnDisk, SkillFault? Fault, bool Held)
{
    public string Path => Skill.Document.FilePath;
}

/// <summary>What a choice came to.</summary>
/// <param name="Offers">The versions, in the order of the roots and of paths within a root.</param>
/// <param name="Faults">What is wrong on disk, served by an earlier version or not.</param>
/// <param name="Holds">The holds that are still in force.</param>
internal sealed record Choice(IReadOnlyList<Offer> Offers, IReadOnlyList<(SkillFault Fault, SkillLayer Layer, string Path)> Faults, IReadOnlyList<HeldSkill> Holds)
{
    /// <summary>What is served though its files are gone.</summary>
    public IReadOnlyList<MissingSkill> Missing { get; init; } = [];
}

/// <summary>
/// Decides which version of each skill is served: what is on disk where it is sound, else the last that was; and where a rollback
/// holds the skill and its files are those of that time, the version it was rolled back to.
/// </summary>
internal sealed class VersionChoice(PastCatalog past, VersionKeeper keeper, Func<DiscoveredSkill, SkillFault?> check)
{
    private readonly HashSet<string> _settled = new(StringComparer.Ordinal);
    private readonly List<MissingSkill> _missing = [];
    private readonly List<Offer> _offers = [];
    private readonly List<(SkillFault, SkillLayer, string)> _faults = [];
    private readonly List<HeldSkill> _holding = [];

    public Choice Make(SkillFindings findings, BuildRequest request, IReadOnlyList<SkillLayerRoot> roots)
    {
        var holds = request.Holds;
        var held = holds.ToDictionary(h => h.Path, StringComparer.Ordinal);
        foreach (var skill in findings.Found) Choose(skill, held);
        var found = _offers.Count;
        foreach (var refused in findings.Refused) Replace(refused, findings);
        foreach (var hold in held.Values)
            if (hold.OnDisk.Length == 0) OfferHeld(hold, null);
        KeepMissing(findings, held, new MissingSkills(request.Missing, roots));
        if (_offers.Count > found) Sort(roots);
        return new Choice(_offers, _faults, _holding) { Missing = _missing };
    }

    // Where a stronger layer has a skill of the name, or its own, the missing one was moved or did not serve: nobody misses it.
    private void KeepMissing(SkillFindings findings, Dictionary<string, HeldSkill> held, MissingSkills missing)
    {
        var gone = past.Rows.Values.Where(r => !_settled.Contains(r.Path)).ToArray();
        if (gone.Length == 0) return;
        var layers = _offers.GroupBy(o => o.Skill.Document.Name).ToDictionary(g => g.Key, g => g.Max(o => o.Skill.Layer), StringComparer.Ordinal);
        foreach (var (row, fault, note) in missing.Keep(gone, root => findings.Found.All(f => f.Root != root)))
        {
            if ((layers.TryGetValue(row.Name, out var layer) && layer >= row.Layer) || VersionOf(row) is not { } last) continue;
            _faults.Add((fault, row.Layer, row.Path));
            _offers.Add(new Offer(last, null, fault, row.Held));
            _missing.Add(note);
            layers[row.Name] = row.Layer;
            if (held.TryGetValue(row.Path, out var hold)) _holding.Add(hold);
        }
    }

    private void Choose(DiscoveredSkill skill, Dictionary<string, HeldSkill> held)
    {
        _settled.Add(skill.Document.FilePath);
        if (held.Remove(skill.Document.FilePath, out var hold) && hold.OnDisk == skill.Tree.Revision && OfferHeld(hold, skill)) return;
        if (FaultOf(skill) is not { } fault) _offers.Add(new Offer(skill, skill, null, false));
        else OfferLast(skill.Document.FilePath, skill.Layer, skill, fault);
    }

    private SkillFault? FaultOf(DiscoveredSkill skill) => skill.Document.Errors is [var error, ..]
        ? new SkillFault(skill.Document.FilePath, error.Message, error.Line, error.Column)
        : check(skill);

    // A directory that can't be listed, or a link that leads out, is a fault of every skill that was served from below it.
    private void Replace(RefusedPath refused, SkillFindings findings)
    {
        var fault = new SkillFault(refused.Path, refused.Reason);
        var below = refused.Path + System.IO.Path.DirectorySeparatorChar;
        var lost = past.Rows.Keys.Where(p => p == refused.Path || p.StartsWith(below, StringComparison.Ordinal))
            .Where(p => findings.Found.All(f => f.Document.FilePath != p)).ToArray();
        if (lost.Length == 0) _faults.Add((fault, refused.Layer, refused.Path));
        foreach (var path in lost.Where(_settled.Add)) OfferLast(path, refused.Layer, null, fault);
    }

    private void OfferLast(string path, SkillLayer layer, DiscoveredSkill? onDisk, SkillFault fault)
    {
        _faults.Add((fault, layer, path));
        if (past.Rows.TryGetValue(path, out var row) && VersionOf(row) is { } last) _offers.Add(new Offer(last, onDisk, fault, row.Held));
    }

    // False where the version is not kept any more: then what is on disk is all there is.
    private bool OfferHeld(HeldSkill hold, DiscoveredSkill? onDisk)
    {
        _settled.Add(hold.Path);
        if (hold.Served.Length > 0)
        {
            var row = new ArchivedSkill
            {
                Name = "", Path = hold.Path, Root = hold.Root, Layer = (SkillLayer)hold.Layer, Revision = hold.Served, Since = 0, Active = true,
            };
            if (VersionOf(row) is not { } version) return false;
            _offers.Add(new Offer(version, onDisk, null, true));
        }
        _holding.Add(hold);
        return true;
    }

    private DiscoveredSkill? VersionOf(ArchivedSkill row) =>
        past.Catalog?.ByPath.GetValueOrDefault(row.Path) is { } served && served.Skill.Tree.Revision == row.Revision ? served.Skill : keeper.Find(row);

    private void Sort(IReadOnlyList<SkillLayerRoot> roots)
    {
        var order = roots.Select((r, i) => (r.Path, i)).DistinctBy(r => r.Path).ToDictionary(r => r.Path, r => r.i, StringComparer.Ordinal);
        _offers.RemoveAll(o => !order.ContainsKey(o.Skill.Root));
        _offers.Sort((a, b) => order[a.Skill.Root] != order[b.Skill.Root]
            ? order[a.Skill.Root].CompareTo(order[b.Skill.Root])
            : string.CompareOrdinal(a.Path, b.Path));
    }
}
