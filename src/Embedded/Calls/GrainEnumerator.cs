using Orleans.Runtime;

namespace ClawGrains.Embedded.Calls;

/// <summary>The caller's side of a sequence: asks the grain for a batch whenever it has none.</summary>
internal sealed class GrainEnumerator<T>(GrainReference target, SequenceSource<T> source, CancellationToken token) : IAsyncEnumerator<T>
{
    private List<T> _batch = [];
    private int _position = -1;
    private bool _ended;

    public T Current => _batch[_position];

    public async ValueTask<bool> MoveNextAsync()
    {
        token.ThrowIfCancellationRequested();
        while (++_position >= _batch.Count)
        {
            if (_ended)
                return false;
            await FetchAsync().ConfigureAwait(false);
        }
        return true;
    }

    public async ValueTask DisposeAsync() => await source.EndAsync().ConfigureAwait(false);

    private async Task FetchAsync()
    {
        using var registration = token.UnsafeRegister(static source => ((SequenceSource<T>)source!).Cancel(), source);
        (_batch, _ended) = await new SequencePull<T>(target, source).SendAsync(token).ConfigureAwait(false);
        _position = -1;
    }
}
