namespace ClawGrains.Embedded.Runtime;

/// <summary>Requests in order of arrival; one from the middle may be taken first. Not thread-safe.</summary>
internal struct WorkQueue
{
    private Work? _first;
    private Work? _last;

    /// <summary>How many of them might begin before those ahead.</summary>
    private int _eager;

    internal int Count { get; private set; }

    internal readonly Work? First => _first;

    internal readonly List<Work> All
    {
        get
        {
            var all = new List<Work>(Count);
            for (var work = _first; work is not null; work = work.Next)
                all.Add(work);
            return all;
        }
    }

    internal void Add(Work work)
    {
        work.Next = null;
        if (_last is null)
            _first = work;
        else
            _last.Next = work;
        _last = work;
        Count++;
        if (IsEager(work))
            _eager++;
    }

    /// <summary>Takes the first that may start. When the rules depend on the request alone, only the head and the eager ones are asked.</summary>
    internal Work? Take(Func<Work, bool> mayStart, bool askAll)
    {
        Work? previous = null;
        for (var work = _first; work is not null; previous = work, work = work.Next)
        {
            if (mayStart(work))
                return Remove(work, previous);
            if (!askAll && _eager == 0)
                return null;
        }
        return null;
    }

    internal List<Work> TakeAll()
    {
        var all = All;
        this = default;
        return all;
    }

    private Work Remove(Work work, Work? previous)
    {
        if (previous is null)
            _first = work.Next;
        else
            previous.Next = work.Next;
        if (ReferenceEquals(_last, work))
            _last = previous;
        work.Next = null;
        Count--;
        if (IsEager(work))
            _eager--;
        return work;
    }

    private static bool IsEager(Work work) => work.Interleave || work.ReadOnly || work.Values is not null;
}
