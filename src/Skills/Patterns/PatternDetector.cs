using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ClawGrains.Skills.Patterns;

/// <summary>
/// Finds sequences of tool calls that repeat: unbroken ones of <see cref="PatternOptions.MinLength"/> to
/// <see cref="PatternOptions.MaxLength"/> calls that occur <see cref="PatternOptions.Threshold"/> times, without overlap, within
/// the last <see cref="PatternOptions.Window"/> calls. Each is reported once and as a whole: neither its parts, nor its rotations,
/// nor its repetitions are reported after it, and the beginning of a longer one that is about to be completed waits for the next
/// call. One tool called over and over is no sequence. Not safe for use by several threads.
/// </summary>
public sealed class PatternDetector
{
    private readonly PatternOptions _options;
    private readonly List<string> _calls = [];
    private readonly List<ImmutableArray<string>> _reported = [];
    private readonly List<ToolPattern> _pending = [];
    private ToolPattern? _held;
    private long _firstCall;

    /// <param name="options">What counts; null for the defaults.</param>
    /// <param name="known">Sequences that were reported before, by an earlier detector, and are not to be again.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense.</exception>
    public PatternDetector(PatternOptions? options = null, IEnumerable<ImmutableArray<string>>? known = null)
    {
        _options = options ?? PatternOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MinLength, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxLength, _options.MinLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Threshold, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Window, _options.MinLength * _options.Threshold);
        _reported.AddRange(known ?? []);
    }

    /// <summary>The sequences that were reported and not decided on yet.</summary>
    public IReadOnlyList<ToolPattern> Pending => _pending;

    /// <summary>All sequences that were ever reported, to be kept for the next detector.</summary>
    public IReadOnlyList<ImmutableArray<string>> Reported => _reported;

    /// <summary>Takes one call.</summary>
    /// <returns>What is to be reported now: mostly nothing, two at the most.</returns>
    public IReadOnlyList<ToolPattern> Observe(string tool)
    {
        ArgumentException.ThrowIfNullOrEmpty(tool);
        Append(tool);
        var held = _held;
        _held = null;
        var found = Find();
        var reports = new List<ToolPattern>();
        if (held is not null && (found is null || !IsExplained(held.Tools, found.Tools))) Report(held, reports);
        if (found is null || IsKnown(found.Tools)) return reports;
        if (IsGrowing(found)) _held = found;
        else Report(found, reports);
        return reports;
    }

    /// <summary>A person decided on a reported sequence, which makes room for another; it is not reported again.</summary>
    /// <returns>False where it was not pending.</returns>
    public bool Decide(ToolPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return _pending.RemoveAll(p => p.Tools.SequenceEqual(pattern.Tools)) > 0;
    }

    private void Append(string tool)
    {
        _calls.Add(tool);
        if (_calls.Count <= _options.Window) return;
        _calls.RemoveAt(0);
        _firstCall++;
    }

    // Only a sequence that ends with the newest call can have become frequent by it. What the longest explains, its ends are.
    private ToolPattern? Find()
    {
        var calls = CollectionsMarshal.AsSpan(_calls);
        for (var length = Math.Min(_options.MaxLength, calls.Length); length >= _options.MinLength; length--)
        {
            var sequence = calls[^length..];
            if (!ToolSequence.IsPrimitive(sequence)) continue;
            var starts = ToolSequence.Occurrences(sequence, calls);
            if (starts.Count < _options.Threshold) continue;
            return IsKnown(sequence) ? null : new ToolPattern([.. sequence], [.. starts.Order().Select(s => _firstCall + s)]);
        }
        return null;
    }

    // Whenever it occurred before, the same call followed: with that call it would be frequent, too.
    private bool IsGrowing(ToolPattern found)
    {
        var length = found.Tools.Length;
        if (length == _options.MaxLength) return false;
        var before = CollectionsMarshal.AsSpan(_calls)[..^length];
        var at = (int)(found.Occurrences[^2] - _firstCall);
        if (at + length >= before.Length) return false;
        var longer = before.Slice(at, length + 1);
        return ToolSequence.IsPrimitive(longer) && ToolSequence.Occurrences(longer, before).Count >= _options.Threshold - 1;
    }

    private void Report(ToolPattern pattern, List<ToolPattern> reports)
    {
        if (_pending.Count >= _options.MaxPending || IsKnown(pattern.Tools.AsSpan())) return;
        _reported.Add(pattern.Tools);
        _pending.Add(pattern);
        reports.Add(pattern);
    }

    private bool IsKnown(ImmutableArray<string> tools) => IsKnown(tools.AsSpan());

    private bool IsKnown(ReadOnlySpan<string> tools)
    {
        foreach (var known in _reported)
            if (ToolSequence.IsPartOfLoop(tools, known.AsSpan())) return true;
        return false;
    }

    private static bool IsExplained(ImmutableArray<string> tools, ImmutableArray<string> by) =>
        ToolSequence.IsPartOfLoop(tools.AsSpan(), by.AsSpan());
}
