using ClawGrains.Client.Mcp.Http;

namespace ClawGrains.Client.Tests.Mcp.Http;

public sealed class NewFileTests : IDisposable
{
    private const int Rounds = 3_000;

    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Name_ThatIsFree_IsTaken()
    {
        NewFile.TryMove(_home.Write("draft", "new"), In("name")).ShouldBeTrue();
        File.ReadAllText(In("name")).ShouldBe("new");
        File.Exists(In("draft")).ShouldBeFalse();
    }

    [Fact]
    public void Name_ThatIsTaken_StaysAnothers()
    {
        _home.Write("name", "old");
        NewFile.TryMove(_home.Write("draft", "new"), In("name")).ShouldBeFalse();
        File.ReadAllText(In("name")).ShouldBe("old");
        File.Exists(In("draft")).ShouldBeFalse();
    }

    [Fact]
    public void Directory_ThatIsNot_IsAnError() => Should.Throw<IOException>(() => NewFile.TryMove(_home.Write("draft", "new"), In("none/name")));

    // Both come to the same moment, again and again: a look before a rename lets both have the name before long.
    [Fact]
    public async Task Name_TakenByTwoAtOnce_IsOnes()
    {
        var (arrived, wins) = (0, new int[Rounds]);
        void Take(int who)
        {
            for (var round = 0; round < Rounds; round++)
            {
                var draft = _home.Write($"draft-{who}", "");
                Interlocked.Increment(ref arrived);
                while (Volatile.Read(ref arrived) < 2 * (round + 1)) Thread.Yield();
                if (NewFile.TryMove(draft, In($"{round}"))) Interlocked.Increment(ref wins[round]);
            }
        }
        await Task.WhenAll(Enumerable.Range(0, 2).Select(who => Task.Factory.StartNew(() => Take(who), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        wins.ShouldAllBe(w => w == 1);
    }

    private string In(string name) => Path.Combine(_home.Path, name);
}
