using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClawGrains.Grains.Catalog.Store;

/// <summary>
/// Keeps snapshots in a content store. The skills are spread over a fixed number of lists by their paths, so that a snapshot in
/// which one skill changed shares all lists but one with that before it.
/// </summary>
internal sealed class SnapshotArchive(IContentStore store)
{
    private const int PartCount = 64;
    private readonly Part[] _parts = new Part[PartCount];

    /// <summary>The snapshot as it would be kept, and the hash that names it. Equal for snapshots that show the same.</summary>
    public (string Hash, ArchiveDraft Draft) Describe(IEnumerable<ArchivedSkill> skills, IEnumerable<string> rest)
    {
        var lists = new List<ArchivedSkill>[PartCount];
        for (var i = 0; i < PartCount; i++) lists[i] = [];
        foreach (var skill in skills) lists[PartOf(skill.Path)].Add(skill);
        for (var i = 0; i < PartCount; i++)
            if (_parts[i] is not { } known || !known.Skills.SequenceEqual(lists[i], ReferenceEqualityComparer.Instance)) _parts[i] = new Part(lists[i]);
        var snapshot = new ArchivedSnapshot { Parts = [.. _parts.Select(p => p.Hash)], Rest = [.. rest] };
        var text = ArchiveWriter.Write(snapshot);
        var hash = HashOf(text);
        return (hash, new ArchiveDraft(hash, text, [.. _parts.Select(p => (p.Hash, p.Text))]));
    }

    /// <summary>Keeps it.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Save(ArchiveDraft draft)
    {
        foreach (var (hash, text) in draft.Parts) store.Put(hash, text);
        store.Put(draft.Hash, draft.Text);
    }

    /// <summary>The skills of a snapshot; null where it is not kept whole.</summary>
    public IReadOnlyList<ArchivedSkill>? Load(string hash)
    {
        if (Read(hash) is not { } snapshot) return null;
        var skills = new List<ArchivedSkill>();
        foreach (var part in snapshot.Parts)
        {
            if (Parse(part, ArchiveJson.Default.ArchivedSkillArray) is not { } some) return null;
            skills.AddRange(some);
        }
        return skills;
    }

    /// <summary>The hashes a snapshot itself consists of, without those of its skills.</summary>
    public IEnumerable<string> HashesOf(string hash) => [hash, .. Read(hash)?.Parts ?? []];

    private ArchivedSnapshot? Read(string hash) => hash.Length > 0 ? Parse(hash, ArchiveJson.Default.ArchivedSnapshot) : null;

    private T? Parse<T>(string hash, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return store.Get(hash) is { } text ? JsonSerializer.Deserialize(text, type) : null;
        }
        catch (JsonException)
        {
            // Another release wrote it in another form: to this one it is not kept.
            return null;
        }
    }

    private static string HashOf(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));

    // The same in every process, unlike string.GetHashCode.
    private static int PartOf(string path)
    {
        var hash = 2166136261u;
        foreach (var c in path) hash = unchecked((hash ^ c) * 16777619);
        return (int)(hash % PartCount);
    }

    private sealed class Part
    {
        public Part(List<ArchivedSkill> skills)
        {
            Skills = skills;
            Text = ArchiveWriter.Write(skills);
            Hash = HashOf(Text);
        }

        public List<ArchivedSkill> Skills { get; }

        public byte[] Text { get; }

        public string Hash { get; }
    }
}

/// <summary>A snapshot that is about to be kept.</summary>
/// <param name="Hash">What names it.</param>
/// <param name="Text">The snapshot itself.</param>
/// <param name="Parts">Its lists.</param>
internal sealed record ArchiveDraft(string Hash, byte[] Text, IReadOnlyList<(string Hash, byte[] Text)> Parts);
