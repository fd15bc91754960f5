using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Grains.Commands;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Commands;
using ClawGrains.Skills.Discovery;
using ClawGrains.Skills.Eligibility;

namespace ClawGrains.Grains.Catalog;

/// <summary>What a catalog is to be built of.</summary>
internal sealed record BuildRequest
{
    /// <summary>The tenant's settings.</summary>
    public required TenantSettings Settings { get; init; }

    /// <summary>The ids of the plugins that run.</summary>
    public IReadOnlyCollection<string> RunningPlugins { get; init; } = [];

    /// <summary>Full paths of what changed; null where anything may have.</summary>
    public IReadOnlyCollection<string>? Touched { get; init; }

    /// <summary>What is served now.</summary>
    public required PastCatalog Past { get; init; }

    /// <summary>What a rollback holds.</summary>
    public IReadOnlyList<HeldSkill> Holds { get; init; } = [];

    /// <summary>What is done about skills whose files vanished.</summary>
    public MissingRules Missing { get; init; } = new();

    /// <summary>The number of what is built, if it differs from what is served now.</summary>
    public required long Number { get; init; }
}

/// <summary>A catalog that is not in force yet.</summary>
/// <param name="Catalog">The catalog.</param>
/// <param name="Draft">What is kept of it; its hash differs where anything does.</param>
/// <param name="New">Versions that were not served before.</param>
/// <param name="Holds">What is still held.</param>
internal sealed record Candidate(Catalog Catalog, ArchiveDraft Draft, IReadOnlyList<DiscoveredSkill> New, IReadOnlyList<HeldSkill> Holds)
{
    /// <summary>What is served though its files are gone.</summary>
    public IReadOnlyList<MissingSkill> Missing { get; init; } = [];
}

/// <summary>
/// Builds the catalogs of one tenant. A skill that did not change keeps all its objects. Synchronous and for one thread at a time;
/// the caller takes it off the grain's scheduler.
/// </summary>
internal sealed class CatalogBuilder(TenantId tenant, CatalogRoots roots, IContentStore store, IEnumerable<ISkillCheck> checks, SkillDiscoveryOptions discovery)
{
    private readonly SkillIndex _index = new(discovery);
    private readonly SnapshotArchive _archive = new(store);
    private readonly VersionKeeper _keeper = new(store);
    private readonly ISkillCheck[] _checks = [.. checks];
    private readonly ConditionalWeakTable<DiscoveredSkill, Verdict> _checked = [];
    private string _basis = "";
    private Dictionary<DiscoveredSkill, EligibilityReport> _reports = new(ReferenceEqualityComparer.Instance);

    /// <summary>The directories of the layers, strongest first.</summary>
    public IReadOnlyList<SkillLayerRoot> RootsOf(TenantSettings settings) => roots.Of(tenant, settings);

    /// <summary>Reads what changed.</summary>
    public SkillFindings Look(BuildRequest request) => _index.Refresh(RootsOf(request.Settings), request.Touched);

    /// <summary>Decides what is served of what was read; the checks must be ready for it.</summary>
    public Candidate Build(BuildRequest request, SkillFindings findings)
    {
        var layers = RootsOf(request.Settings);
        _basis = string.Join('\n', _checks.Select(c => c.Basis));
        var choice = new VersionChoice(request.Past, _keeper, Check).Make(findings, request, layers);
        var set = SkillSet.Of([.. choice.Offers.Select(o => o.Skill)], []);
        var skills = Serve(choice, set, request);
        var snapshot = Snapshot(request.Number, choice, set, skills, layers);
        var rest = snapshot.Invalid.Select(i => $"{i.Path}:{i.Line}:{i.Column}: {i.Reason}").Concat(snapshot.Shadowed.Select(s => $"{s.FilePath} < {s.ShadowedBy}"));
        var (_, draft) = _archive.Describe(skills.Values.Select(s => s.Row), rest);
        var known = request.Past.Catalog?.ByPath;
        return new Candidate(new Catalog(snapshot, skills), draft,
            [.. skills.Values.Select(s => s.Skill).Where(s => !ReferenceEquals(known?.GetValueOrDefault(s.Document.FilePath)?.Skill, s))], choice.Holds)
        {
            Missing = choice.Missing,
        };
    }

    /// <summary>Keeps a candidate, so that it can be gone back to and each of its versions outlives its files.</summary>
    /// <exception cref="IOException">The store can't be written.</exception>
    public void Keep(Candidate candidate)
    {
        Parallel.ForEach(candidate.New, _keeper.Keep);
        _archive.Save(candidate.Draft);
    }

    /// <summary>The skills of a snapshot that was kept, or null.</summary>
    public IReadOnlyList<ArchivedSkill>? Recall(string fingerprint) => _archive.Load(fingerprint);

    /// <summary>One version of a skill that was kept, or null.</summary>
    public ServedSkill? Recall(ArchivedSkill row)
    {
        if (_keeper.Find(row) is not { } skill) return null;
        var offer = new Offer(skill, null, null, row.Held);
        var report = SkillEligibility.Evaluate(skill.Document, SkillEnvironment.Machine());
        return new ServedSkill { Row = row, Skill = skill, Entry = SkillEntries.Of(offer, report, row.Command, row.Since), Directory = DirectoryOf(offer) };
    }

    /// <summary>What must be held so that the skills of a snapshot are served again; null where one of its versions is not kept.</summary>
    public IReadOnlyList<HeldSkill>? HoldsFor(string fingerprint, TenantSettings settings)
    {
        if (_archive.Load(fingerprint) is not { } rows) return null;
        var found = _index.Refresh(RootsOf(settings), null).Found.ToDictionary(s => s.Document.FilePath, StringComparer.Ordinal);
        var holds = new List<HeldSkill>();
        foreach (var row in rows)
        {
            found.Remove(row.Path, out var onDisk);
            if (onDisk?.Tree.Revision == row.Revision) continue;
            if (_keeper.Find(row) is null) return null;
            holds.Add(new HeldSkill { Path = row.Path, OnDisk = onDisk?.Tree.Revision ?? "", Served = row.Revision, Root = row.Root, Layer = (int)row.Layer });
        }
        holds.AddRange(found.Values.Select(s => new HeldSkill { Path = s.Document.FilePath, OnDisk = s.Tree.Revision, Served = "", Root = s.Root, Layer = (int)s.Layer }));
        return holds;
    }

    /// <summary>Forgets what no snapshot of these has.</summary>
    public void Sweep(IEnumerable<string> fingerprints)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fingerprint in fingerprints)
        {
            wanted.UnionWith(_archive.HashesOf(fingerprint));
            foreach (var revision in (_archive.Load(fingerprint) ?? []).Select(r => r.Revision).Where(wanted.Add)) wanted.UnionWith(_keeper.HashesOf(revision));
        }
        store.Sweep(wanted);
    }

    private SkillFault? Check(DiscoveredSkill skill)
    {
        if (_checked.TryGetValue(skill, out var known) && known.Basis == _basis) return known.Fault;
        var fault = _checks.Select(c => c.Check(skill)).FirstOrDefault(f => f is not null);
        _checked.AddOrUpdate(skill, new Verdict(fault, _basis));
        return fault;
    }

    private Dictionary<string, ServedSkill> Serve(Choice choice, SkillSet set, BuildRequest request)
    {
        _reports = Judge(choice.Offers, request);
        var commands = SkillCommands.Build(set.Active.Where(s => _reports[s].CommandVisible).Select(s => s.Document), BuiltInCommands.Names)
            .ToDictionary(c => c.Skill.Name, c => c.Name, StringComparer.Ordinal);
        // Laying out an old version writes files; all else of it is calculation, which the cores share.
        var directories = choice.Offers.Select(DirectoryOf).ToArray();
        var served = new ServedSkill[choice.Offers.Count];
        Parallel.For(0, served.Length, i =>
        {
            var skill = choice.Offers[i].Skill;
            var active = ReferenceEquals(set.Find(skill.Document.Name), skill);
            served[i] = Serve(choice.Offers[i], directories[i], active ? new Place(true, commands.GetValueOrDefault(skill.Document.Name)) : default, request);
        });
        var skills = new Dictionary<string, ServedSkill>(served.Length, StringComparer.Ordinal);
        for (var i = 0; i < served.Length; i++) skills[choice.Offers[i].Path] = served[i];
        return skills;
    }

    // A full look asks the surroundings anew: a program that a skill waits for may have been installed.
    private Dictionary<DiscoveredSkill, EligibilityReport> Judge(IReadOnlyList<Offer> offers, BuildRequest request)
    {
        var everything = request.Touched is null;
        var environment = SkillEnvironment.Machine() with { HasPlugin = request.RunningPlugins.Contains };
        var reports = new Dictionary<DiscoveredSkill, EligibilityReport>(offers.Count, ReferenceEqualityComparer.Instance);
        foreach (var offer in offers)
            reports[offer.Skill] = !everything && _reports.TryGetValue(offer.Skill, out var known) ? known : SkillEligibility.Evaluate(offer.Skill.Document, environment);
        return reports;
    }

    private ServedSkill Serve(Offer offer, string directory, Place place, BuildRequest request)
    {
        var report = _reports[offer.Skill];
        var served = request.Past.Catalog?.ByPath.GetValueOrDefault(offer.Path);
        if (served is not null && ReferenceEquals(served.Skill, offer.Skill) && served.Row.Active == place.IsActive
            && served.Directory == directory && SkillEntries.IsCurrent(served.Entry, offer, report, place.Command)) return served;
        var row = RowOf(offer, place, report, request);
        return new ServedSkill { Row = row, Skill = offer.Skill, Entry = SkillEntries.Of(offer, report, place.Command, row.Since), Directory = directory };
    }

    private static ArchivedSkill RowOf(Offer offer, Place place, EligibilityReport report, BuildRequest request)
    {
        var revision = offer.Skill.Tree.Revision;
        var same = request.Past.Rows.TryGetValue(offer.Path, out var past) && past.Revision == revision && past.Active == place.IsActive;
        return new ArchivedSkill
        {
            Name = offer.Skill.Document.Name, Path = offer.Path, Root = offer.Skill.Root, Layer = offer.Skill.Layer, Revision = revision,
            Since = same ? past!.Since : request.Number,
            Active = place.IsActive, Eligible = report.Eligible, Command = place.Command, Stale = offer.Fault?.ToString(), Held = offer.Held,
        };
    }

    // A version that is not on disk any more is laid out beside, unless only its text is another.
    private string DirectoryOf(Offer offer)
    {
        var directory = offer.Skill.Document.BaseDirectory;
        if (ReferenceEquals(offer.Skill, offer.OnDisk) || offer.OnDisk?.Tree.IsSameBesideSkill(offer.Skill.Tree) == true) return directory;
        return store.Lay(offer.Skill.Tree.Revision, offer.Skill.Tree.Files) ?? directory;
    }

    private CatalogSnapshot Snapshot(long number, Choice choice, SkillSet set, Dictionary<string, ServedSkill> skills, IReadOnlyList<SkillLayerRoot> layers)
    {
        var active = set.Active.CountBy(s => s.Root).ToDictionary(StringComparer.Ordinal);
        return new CatalogSnapshot
        {
            Number = number,
            BuiltAt = discovery.Time.GetUtcNow(),
            Skills = [.. set.Active.Select(s => skills[s.Document.FilePath].Entry)],
            Shadowed = [.. set.Shadowed.Select(SkillEntries.Shadow)],
            Invalid = [.. choice.Faults.Select(f => SkillEntries.Invalid(f.Fault, f.Layer, Serving(skills, f.Path))).OrderBy(i => i.Path, StringComparer.Ordinal)],
            Layers = [.. layers.Select(root => SkillEntries.Layer(root, active.GetValueOrDefault(root.Path)))],
        };
    }

    private static SkillEntry? Serving(Dictionary<string, ServedSkill> skills, string path) =>
        skills.GetValueOrDefault(path) is { Row.Active: true } served ? served.Entry : null;

    /// <summary>Whether a skill is the one of its name that is served, and by which command.</summary>
    private readonly record struct Place(bool IsActive, string? Command);

    private sealed record Verdict(SkillFault? Fault, string Basis);
}
