using System.Collections.Immutable;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Patterns;

namespace ClawGrains.Grains.Autogen;

/// <summary>A sequence that was found, with the calls of each time it was made.</summary>
internal sealed record FoundSequence(ImmutableArray<string> Tools, ImmutableArray<ImmutableArray<ObservedToolCall>> Runs);

/// <summary>The last calls of each session and what repeats among them. Sessions that were quiet longest are forgotten first.</summary>
internal sealed class CallHistory(PatternOptions options)
{
    /// <summary>How many sessions are followed.</summary>
    public const int MaxSessions = 200;

    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>Takes one call; gives what it completes that is not in <paramref name="known"/>.</summary>
    public IReadOnlyList<FoundSequence> Observe(ObservedToolCall call, IReadOnlyCollection<ImmutableArray<string>> known)
    {
        var session = SessionOf(call.Session, known);
        session.Used = ++_clock;
        session.Calls.Add(call);
        var found = session.Detector.Observe(call.Tool);
        var sequences = found.Select(p => new FoundSequence(p.Tools, [.. p.Occurrences.Select(at => session.Slice(at, p.Tools.Length))])).ToArray();
        // Another session that is about to find the same must not report it again.
        if (found.Count > 0) foreach (var other in _sessions.Values.Where(s => s != session)) other.Restart(options, [.. known, .. found.Select(p => p.Tools)]);
        // A decision waits in the queue of approvals, which has its own limit.
        foreach (var pattern in found) session.Detector.Decide(pattern);
        session.Trim(options.Window + options.MaxLength);
        return sequences;
    }

    public void Clear() => _sessions.Clear();

    private Session SessionOf(string id, IReadOnlyCollection<ImmutableArray<string>> known)
    {
        if (_sessions.TryGetValue(id, out var session)) return session;
        if (_sessions.Count >= MaxSessions) _sessions.Remove(_sessions.MinBy(s => s.Value.Used).Key);
        return _sessions[id] = new Session(new PatternDetector(options, known));
    }

    private sealed class Session(PatternDetector detector)
    {
        private long _first;

        public PatternDetector Detector { get; private set; } = detector;

        public List<ObservedToolCall> Calls { get; } = [];

        public long Used { get; set; }

        public ImmutableArray<ObservedToolCall> Slice(long at, int length) => [.. Calls.GetRange((int)(at - _first), length)];

        // The numbers of a new detector begin with the calls that are kept.
        public void Restart(PatternOptions options, IReadOnlyCollection<ImmutableArray<string>> known)
        {
            Detector = new PatternDetector(options, known);
            _first = 0;
            foreach (var call in Calls) Detector.Observe(call.Tool);
        }

        public void Trim(int kept)
        {
            if (Calls.Count <= kept) return;
            _first += Calls.Count - kept;
            Calls.RemoveRange(0, Calls.Count - kept);
        }
    }
}
