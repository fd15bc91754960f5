using ClawGrains.Skills.Watching;

namespace ClawGrains.Skills.Tests.Watching;

public sealed class ChangeDebouncerTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ChangeDebouncer _debouncer;
    private int _fired;

    public ChangeDebouncerTests() => _debouncer = new ChangeDebouncer(Ms(100), Ms(500), _time, () => _fired++);

    [Fact]
    public void Signal_NothingFollows_FiresOnceAfterQuiet()
    {
        _debouncer.Signal();
        _time.Advance(Ms(99));
        _fired.ShouldBe(0);
        _time.Advance(Ms(1));
        _fired.ShouldBe(1);
        _time.Advance(Ms(10_000));
        _fired.ShouldBe(1);
    }

    [Fact]
    public void Signal_Repeated_StartsQuietAnew()
    {
        for (var i = 0; i < 4; i++)
        {
            _debouncer.Signal();
            _time.Advance(Ms(90));
        }
        _fired.ShouldBe(0);
        _time.Advance(Ms(10));
        _fired.ShouldBe(1);
    }

    [Fact]
    public void Signal_WithoutEnd_FiresAtLongestAndAgain()
    {
        for (var elapsed = 0; elapsed < 1000; elapsed += 50)
        {
            _debouncer.Signal();
            _time.Advance(Ms(50));
            _fired.ShouldBe((elapsed + 50) / 500);
        }
    }

    [Fact]
    public void Signal_FromWithinCallback_FiresAgain()
    {
        ChangeDebouncer? again = null;
        var calls = 0;
        again = new ChangeDebouncer(Ms(100), Ms(500), _time, () =>
        {
            if (++calls == 1) again!.Signal();
        });
        again.Signal();
        _time.Advance(Ms(1_000));
        calls.ShouldBe(2);
    }

    [Fact]
    public void Dispose_WhilePending_NeverFires()
    {
        _debouncer.Signal();
        _debouncer.Dispose();
        _time.Advance(Ms(1_000));
        _fired.ShouldBe(0);
    }

    [Fact]
    public void Constructor_LongestBelowQuiet_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ChangeDebouncer(Ms(2), Ms(1), _time, () => { }));

    public void Dispose() => _debouncer.Dispose();

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
