using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Watching;

namespace ClawGrains.Skills.Discovery;

/// <summary>What was found below one root.</summary>
internal sealed class RootIndex(SkillLayerRoot root, SkillDiscoveryOptions options)
{
    private readonly string _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root.Path));
    private readonly TreeReader _trees = new(options.Time);
    private readonly SortedDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private List<RefusedPath> _refused = [];
    private bool _hasLinks;
    private bool _isWhole;

    public IEnumerable<DiscoveredSkill> Skills => _known.Values.Select(k => k.Skill);

    public IReadOnlyList<RefusedPath> Refused => _refused;

    /// <summary>Looks at everything; a directory that looks as it did is not read.</summary>
    public void Scan(CancellationToken cancellationToken)
    {
        _isWhole = false;
        var refused = new List<RefusedPath>();
        var scanner = new RootScanner(root, options, refused);
        var files = scanner.Scan(cancellationToken);
        var read = ReadAll(files, cancellationToken);
        _known.Clear();
        for (var i = 0; i < files.Count; i++) _known[files[i].Path] = read[i];
        (_refused, _hasLinks, _isWhole) = (refused, scanner.SawLink, true);
    }

    /// <summary>Looks at what these paths concern.</summary>
    public void Scan(IReadOnlyCollection<string> touched, CancellationToken cancellationToken)
    {
        var units = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in touched)
            if (RealPath.IsBelow(path, _path) && (UnitOf(path) is not { } unit || units.Add(unit)) && NeedsAll(path))
            {
                Scan(cancellationToken);
                return;
            }
        foreach (var unit in units)
            if (!ScanUnit(unit, cancellationToken))
            {
                Scan(cancellationToken);
                return;
            }
    }

    // Links make what is found in one place depend on another; a root that is itself a skill has no parts.
    private bool NeedsAll(string path) => !_isWhole || _hasLinks || UnitOf(path) is null || _known.ContainsKey(Path.Combine(root.Path, "SKILL.md"));

    /// <summary>The directory directly below the root that a path lies in; null where the root itself is concerned.</summary>
    private string? UnitOf(string path)
    {
        if (path.Length <= _path.Length + 1) return null;
        var parts = path[(_path.Length + 1)..].Split(Path.DirectorySeparatorChar);
        if (parts[0] == "SKILL.md" || parts[0].StartsWith('.')) return null;
        // A folder "skills" directly below the root is the root's own collection, unless it is a skill itself.
        var nested = parts is ["skills", _, _, ..] && parts[1] != "SKILL.md" && !_known.ContainsKey(Path.Combine(root.Path, "skills", "SKILL.md"));
        return nested ? Path.Combine(root.Path, parts[0], parts[1]) : Path.Combine(root.Path, parts[0]);
    }

    // False where it met a link: the root must be looked at as a whole.
    private bool ScanUnit(string unit, CancellationToken cancellationToken)
    {
        _isWhole = false;
        var refused = new List<RefusedPath>();
        var scanner = new RootScanner(root, options, refused);
        if (new FileInfo(unit).LinkTarget is not null) return false;
        var files = scanner.Scan(unit, unit == Path.Combine(root.Path, "skills") ? 0 : 1, cancellationToken);
        if (scanner.SawLink) return false;
        var read = ReadAll(files, cancellationToken);
        foreach (var gone in _known.Keys.Where(k => RealPath.IsBelow(k, unit)).ToArray()) _known.Remove(gone);
        for (var i = 0; i < files.Count; i++) _known[files[i].Path] = read[i];
        _refused = [.. _refused.Where(r => !RealPath.IsBelow(r.Path, unit)), .. refused];
        _isWhole = true;
        return true;
    }

    private Known[] ReadAll(List<SkillFile> files, CancellationToken cancellationToken)
    {
        var read = new Known[files.Count];
        // Starting workers costs more than reading a few files.
        if (files.Count < 16 || options.Parallelism < 2)
            for (var i = 0; i < read.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                read[i] = Read(files[i].Path);
            }
        else
            Parallel.For(0, read.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellationToken },
                i => read[i] = Read(files[i].Path));
        return read;
    }

    private Known Read(string file)
    {
        var known = _known.GetValueOrDefault(file);
        if (!options.HashFiles) return new Known(new DiscoveredSkill(SkillReader.Read(file, options.MaxFileBytes), root.Layer, root.Path), null, FileMemory.None);
        // The print is taken first: what changes while the files are read makes the next one differ.
        Print? print = options.ForgetsFiles ? null : PrintOf(Path.GetDirectoryName(file)!);
        if (print is { } now && known?.Print == now.Sum) return known;
        var document = SkillReader.Read(file, options.MaxFileBytes);
        var (tree, memory) = _trees.Read(document, known?.Memory ?? FileMemory.None);
        var skill = known?.Skill is { } s && s.Tree.Revision == tree.Revision && s.Document.IsValid == document.IsValid && SameErrors(s, document)
            ? s
            : new DiscoveredSkill(document, root.Layer, root.Path) { Tree = tree };
        return new Known(skill, print is { IsSettled: true } settled ? settled.Sum : null, memory);
    }

    private Print PrintOf(string directory)
    {
        var (sum, newest) = TreeFingerprint.Measure(directory);
        return new Print(sum, newest + FileStamp.Grain < options.Time.GetUtcNow().UtcDateTime);
    }

    // A file that can't be read has no content to tell one reason from another.
    private static bool SameErrors(DiscoveredSkill skill, Model.SkillDocument document) => skill.Document.Errors.SequenceEqual(document.Errors);

    /// <param name="Sum">The fingerprint of a directory.</param>
    /// <param name="IsSettled">Whether the next differs if anything changes.</param>
    private readonly record struct Print(ulong Sum, bool IsSettled);

    /// <param name="Skill">What was read.</param>
    /// <param name="Print">The fingerprint of its directory then; null where the next may be the same though something changed.</param>
    /// <param name="Memory">The hashes of its files.</param>
    private sealed record Known(DiscoveredSkill Skill, ulong? Print, FileMemory Memory);
}
