using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Catalog;

/// <summary>A snapshot with the instructions of its skills, which are not listed but fetched one by one.</summary>
internal sealed record Catalog(CatalogSnapshot Snapshot, FrozenDictionary<string, SkillText> Texts)
{
    /// <summary>The same, as the snapshot of a number.</summary>
    public Catalog WithNumber(long number) => this with { Snapshot = Snapshot with { Number = number } };

    /// <summary>A skill with its instructions, or null.</summary>
    public SkillVersion? Find(string name) => Texts.TryGetValue(name, out var text)
        ? new SkillVersion { SnapshotNumber = Snapshot.Number, Entry = text.Entry, Body = text.Body, Source = text.Source }
        : null;

    /// <summary>Equal for two catalogs that show the same to everyone.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var s in Snapshot.Skills) text.Append(s.Name).Append('\0').Append(s.Sha256).Append('\0').Append(s.FilePath).Append('\0').Append(s.Eligible).Append('\n');
        foreach (var s in Snapshot.Shadowed) text.Append(s.FilePath).Append('\0').Append(s.ShadowedBy).Append('\n');
        foreach (var s in Snapshot.Invalid) text.Append(s.Path).Append('\0').Append(s.Reason).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>A skill's text beside what is listed of it.</summary>
internal sealed record SkillText(SkillEntry Entry, string Body, string Source);
