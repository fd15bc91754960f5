using System.Text;
using System.Text.Json;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Packages;

namespace ClawGrains.Grains.Approvals;

/// <summary>
/// The queue of a tenant on disk: a directory for each pending approval, which holds what is to be installed, and a log of
/// decisions. A directory is written under a hidden name and renamed when it is whole. One writer at a time.
/// </summary>
internal sealed class ApprovalStore(string root)
{
    /// <summary>How many may be pending.</summary>
    public const int MaxPending = 200;

    private const string FileName = "approval.json";
    private const int ShownDecisions = 200;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private string Log => Path.Combine(root, "decided.jsonl");

    /// <summary>The pending ones, oldest first.</summary>
    public IReadOnlyList<Approval> Pending() => !Directory.Exists(root) ? [] :
        [.. Directory.EnumerateDirectories(root).Where(d => !Path.GetFileName(d).StartsWith('.')).Select(Read).OfType<Approval>().OrderBy(a => a.RequestedAt).ThenBy(a => a.Id, StringComparer.Ordinal)];

    /// <summary>The last decisions, newest last.</summary>
    public IReadOnlyList<Approval> Decided() => !File.Exists(Log) ? [] :
        [.. File.ReadLines(Log).TakeLast(ShownDecisions).Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<Approval>(l, Json)!)];

    /// <summary>The copy of the skill that waits.</summary>
    public string SkillOf(string id) => Path.Combine(root, id, "skill");

    /// <summary>Keeps an approval with a copy of its skill.</summary>
    public SkillInstallResult Add(Approval approval, string skill)
    {
        var draft = Path.Combine(root, $".new-{Guid.NewGuid():N}");
        Directory.CreateDirectory(draft);
        SkillInstallResult? copied = null;
        try
        {
            copied = SkillPackage.CopyTo(skill, Path.Combine(draft, "skill"));
            if (!copied.Succeeded) return copied;
            File.WriteAllBytes(Path.Combine(draft, FileName), JsonSerializer.SerializeToUtf8Bytes(approval, Json));
            Remove(approval.Id);
            Directory.Move(draft, Path.Combine(root, approval.Id));
            return copied;
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }

    /// <summary>Lets go of one that is pending, with its copy.</summary>
    public void Remove(string id)
    {
        var directory = Path.Combine(root, id);
        if (!Directory.Exists(directory)) return;
        var hidden = Path.Combine(root, $".old-{Guid.NewGuid():N}");
        Directory.Move(directory, hidden);
        Directory.Delete(hidden, recursive: true);
    }

    /// <summary>Writes a decision into the log.</summary>
    public void Record(Approval decided)
    {
        Directory.CreateDirectory(root);
        // The diff was for the decision; the log keeps what was decided.
        var kept = decided with { Review = decided.Review is { Replaces: { } old } review ? review with { Replaces = old with { Diff = "" } } : decided.Review };
        File.AppendAllText(Log, JsonSerializer.Serialize(kept, Json) + "\n", new UTF8Encoding(false));
    }

    private static Approval? Read(string directory)
    {
        var file = Path.Combine(directory, FileName);
        return File.Exists(file) ? JsonSerializer.Deserialize<Approval>(File.ReadAllBytes(file), Json) : null;
    }
}
