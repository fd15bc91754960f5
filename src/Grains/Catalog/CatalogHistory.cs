using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Catalog;

/// <summary>A change of what is held.</summary>
/// <param name="To">The snapshot that is gone back to; 0 where the rollback ends.</param>
/// <param name="Holds">What is held from now on.</param>
internal sealed record Rollback(long To, IReadOnlyList<HeldSkill> Holds);

/// <summary>The numbers given so far, and the snapshots that can be gone back to, as they are stored.</summary>
internal sealed class CatalogHistory(IPersistentState<CatalogState> state, int most)
{
    private const int NamesShown = 20;
    private const int SweepEvery = 25;
    private int _recorded;

    /// <summary>The number of the newest snapshot; 0 before the first.</summary>
    public long Number => state.State.Number;

    /// <summary>The fingerprint of the newest snapshot.</summary>
    public string Newest => state.State.Fingerprint;

    /// <summary>What a rollback holds.</summary>
    public IReadOnlyList<HeldSkill> Holds => state.State.Holds;

    /// <summary>What is served though its files are gone.</summary>
    public IReadOnlyList<MissingSkill> Missing => state.State.Missing;

    /// <summary>What is remembered, newest first.</summary>
    public ImmutableArray<SnapshotInfo> Infos => [.. Enumerable.Reverse(state.State.History).Select(s => s.Info)];

    /// <summary>The contents that are remembered, newest first.</summary>
    public ImmutableArray<string> Fingerprints => [.. Enumerable.Reverse(state.State.History).Select(s => s.Fingerprint).Where(f => f.Length > 0)];

    /// <summary>Whether it is time to forget what no snapshot has any more.</summary>
    public bool IsSweepDue => _recorded % SweepEvery == 0;

    /// <summary>The snapshot of a number; null means the one before the newest.</summary>
    /// <exception cref="PluginException">There is none, or its content is not kept.</exception>
    public RecordedSnapshot Find(long? number)
    {
        var history = state.State.History;
        var found = number is { } n ? history.FirstOrDefault(s => s.Info.Number == n) : history.SkipLast(1).LastOrDefault();
        if (found is null)
            throw new PluginException(PluginErrorKind.NotFound, number is null
                ? "There is no earlier snapshot to go back to."
                : $"There is no snapshot {number}. The numbers are {Numbers([.. history.Select(s => s.Info.Number)])}.");
        return found.Fingerprint.Length > 0 ? found : throw NotKept(found.Info.Number);
    }

    private static string Numbers(long[] numbers) => numbers.Length > 2 && numbers[^1] - numbers[0] == numbers.Length - 1
        ? $"{numbers[0]} to {numbers[^1]}"
        : string.Join(", ", numbers);

    /// <summary>Says that a snapshot can't be gone back to.</summary>
    public static PluginException NotKept(long number) =>
        new(new PluginError(PluginErrorKind.NotFound, $"The content of snapshot {number} is not kept any more, so it can't be gone back to."));

    /// <summary>Stores a snapshot as the newest. False, and only what is held is stored, where it shows what the newest shows.</summary>
    public async Task<bool> RecordAsync(Candidate candidate, ReloadReport report, Rollback? rollback, bool kept)
    {
        var isNew = report.Number != Number;
        if (!isNew && rollback is null && candidate.Holds.SequenceEqual(Holds) && candidate.Missing.SequenceEqual(Missing)) return false;
        var before = state.State;
        state.State = Next(before, candidate, report, rollback, isNew, kept);
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = before;
            throw;
        }
        if (isNew) _recorded++;
        return isNew;
    }

    /// <summary>The catalog as the newest snapshot shows it.</summary>
    public Catalog Label(Catalog catalog) => catalog.WithNumber(Number).RolledBackTo(state.State.RolledBackTo);

    private CatalogState Next(CatalogState before, Candidate candidate, ReloadReport report, Rollback? rollback, bool isNew, bool kept) => new()
    {
        Number = report.Number,
        Fingerprint = candidate.Draft.Hash,
        History = isNew ? [.. before.History.TakeLast(most - 1), Describe(candidate, report, rollback, kept)] : before.History,
        Holds = [.. candidate.Holds],
        Missing = [.. candidate.Missing],
        RolledBackTo = candidate.Holds.Count == 0 ? 0 : rollback?.To ?? before.RolledBackTo,
    };

    private static RecordedSnapshot Describe(Candidate candidate, ReloadReport report, Rollback? rollback, bool kept) => new()
    {
        Fingerprint = kept ? candidate.Draft.Hash : "",
        Info = new SnapshotInfo
        {
            Number = report.Number,
            BuiltAt = candidate.Catalog.Snapshot.BuiltAt,
            Total = report.Total,
            Added = [.. report.Added.Take(NamesShown)],
            Changed = [.. report.Changed.Take(NamesShown)],
            Removed = [.. report.Removed.Take(NamesShown)],
            Differences = report.Added.Length + report.Changed.Length + report.Removed.Length,
            RollbackTo = rollback?.To ?? 0,
            IsKept = kept,
        },
    };
}
