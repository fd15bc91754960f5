using ClawGrains.Skills.Watching;

namespace ClawGrains.Skills.Tests.Watching;

public sealed class SkillWatcherTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly SkillWatcherOptions EventsOnly = new()
    {
        Quiet = TimeSpan.FromMilliseconds(5), Longest = TimeSpan.FromMilliseconds(20), Rescan = TimeSpan.FromHours(1), RescanAlone = TimeSpan.FromHours(1),
    };
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();

    private string Root => Path.Combine(_directory.Path, "a", "skills");

    [Fact]
    public async Task Events_FileWritten_IsTold()
    {
        var file = _directory.WriteSkill("a/skills/weather", "weather");
        await using var watcher = SkillWatcher.Start([Root], EventsOnly);
        await ShouldTell(watcher, () => File.WriteAllText(file, "changed"));
        await ShouldTell(watcher, () => File.AppendAllText(file, "again"));
    }

    [Fact]
    public async Task Events_RenameOver_IsTold()
    {
        var file = _directory.WriteSkill("a/skills/weather", "weather");
        var draft = _directory.Write("a/skills/weather/.SKILL.md.swp", "draft");
        await using var watcher = SkillWatcher.Start([Root], EventsOnly);
        await ShouldTell(watcher, () => File.Move(draft, file, overwrite: true));
    }

    [Fact]
    public async Task Events_RootAppearsGoesAndComesBack_IsTold()
    {
        await using var watcher = SkillWatcher.Start([Root], EventsOnly);
        await ShouldTell(watcher, () => _directory.WriteSkill("a/skills/weather", "weather"));
        await ShouldTell(watcher, () => Directory.Delete(Root, recursive: true));
        await ShouldTell(watcher, () => Directory.CreateDirectory(Root));
        await ShouldTell(watcher, () => _directory.WriteSkill("a/skills/rain", "rain"));
    }

    [Fact]
    public async Task Events_RootIsALinkThatIsSwapped_IsTold()
    {
        _directory.WriteSkill("one/weather", "weather");
        var second = _directory.WriteSkill("two/weather", "weather");
        var link = Path.Combine(_directory.Path, "current");
        Directory.CreateSymbolicLink(link, "one");
        await using var watcher = SkillWatcher.Start([link], EventsOnly);
        await ShouldTell(watcher, () =>
        {
            Directory.Delete(link);
            Directory.CreateSymbolicLink(link, "two");
        });
        await ShouldTell(watcher, () => File.AppendAllText(second, "more"));
    }

    [Fact]
    public async Task Rescan_NoEventsAtAll_FindsTheChangeAndSaysSoOnce()
    {
        var notices = new List<string>();
        var file = _directory.WriteSkill("a/skills/weather", "weather");
        await using var watcher = SkillWatcher.Start([Root, _directory.Path], Manual() with { Notice = notices.Add },
            (_, _, _) => throw new IOException("The configured user limit (128) on the number of inotify instances has been reached"));
        watcher.IsRescanAlone.ShouldBeTrue();
        File.AppendAllText(file, "more");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await Next(watcher)).SeenBy.ShouldBe(SkillChangeSource.Rescan);
        notices.Count.ShouldBe(1);
        notices[0].ShouldContain("fs.inotify.max_user_instances");
    }

    [Fact]
    public async Task Rescan_WatchesCanBeHadAgain_ReturnsToEvents()
    {
        var refuse = true;
        Directory.CreateDirectory(Root);
        await using var watcher = SkillWatcher.Start([Root], Manual(), (_, _, _) => refuse ? throw new IOException("full") : new Watch());
        watcher.IsRescanAlone.ShouldBeTrue();
        refuse = false;
        _directory.WriteSkill("a/skills/weather", "weather");
        _time.Advance(TimeSpan.FromSeconds(1));
        await Next(watcher);
        watcher.IsRescanAlone.ShouldBeFalse();
    }

    [Fact]
    public async Task Error_EventsWereLost_LooksAgainAndRenewsTheWatch()
    {
        Directory.CreateDirectory(Root);
        var watches = new List<Watch>();
        await using var watcher = StartKeeping(watches);
        var first = watches.Single(w => w.Recursive);
        first.Events!.Failed(new InternalBufferOverflowException());
        _time.Advance(TimeSpan.FromMilliseconds(100));
        (await Next(watcher)).SeenBy.ShouldBe(SkillChangeSource.Event);
        first.IsDisposed.ShouldBeTrue();
        watches.Count(w => w.Recursive && !w.IsDisposed).ShouldBe(1);
    }

    [Fact]
    public async Task Event_OfTheRootItself_RenewsTheWatchEvenWhereTheInodeIsTheSame()
    {
        Directory.CreateDirectory(Root);
        var watches = new List<Watch>();
        await using var watcher = StartKeeping(watches);
        var first = watches.Single(w => w.Recursive);
        watches.Single(w => !w.Recursive).Events!.Changed(Path.GetFileName(Root));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        (await Next(watcher)).SeenBy.ShouldBe(SkillChangeSource.Event);
        first.IsDisposed.ShouldBeTrue();
        watches.Count(w => w.Recursive && !w.IsDisposed).ShouldBe(1);
    }

    [Fact]
    public async Task Events_OfTemporaryFiles_AreNotTold()
    {
        Directory.CreateDirectory(Root);
        DirectoryWatchEvents? below = null;
        await using var watcher = SkillWatcher.Start([Root], Manual(), (_, recursive, events) =>
        {
            if (recursive) below = events;
            return new Watch();
        });
        below!.Changed("weather/.SKILL.md.swp");
        _time.Advance(TimeSpan.FromMilliseconds(500));
        below.Changed("weather/SKILL.md");
        _time.Advance(TimeSpan.FromMilliseconds(100));
        var changes = watcher.ReadChangesAsync().GetAsyncEnumerator();
        (await changes.MoveNextAsync().AsTask().WaitAsync(Limit)).ShouldBeTrue();
        await watcher.DisposeAsync();
        (await changes.MoveNextAsync().AsTask().WaitAsync(Limit)).ShouldBeFalse();
    }

    public void Dispose() => _directory.Dispose();

    private SkillWatcherOptions Manual() => new() { Time = _time };

    private static async Task ShouldTell(SkillWatcher watcher, Action change)
    {
        change();
        (await Next(watcher)).SeenBy.ShouldBe(SkillChangeSource.Event);
    }

    private static async Task<SkillChange> Next(SkillWatcher watcher)
    {
        using var limit = new CancellationTokenSource(Limit);
        await foreach (var change in watcher.ReadChangesAsync(limit.Token)) return change;
        throw new InvalidOperationException("the watcher ended");
    }

    private SkillWatcher StartKeeping(List<Watch> watches) => SkillWatcher.Start([Root], Manual(), (_, recursive, events) =>
    {
        var watch = new Watch { Recursive = recursive, Events = events };
        watches.Add(watch);
        return watch;
    });

    private sealed class Watch : IDisposable
    {
        public bool Recursive { get; init; }
        public DirectoryWatchEvents? Events { get; init; }
        public bool IsDisposed { get; private set; }
        public void Dispose() => IsDisposed = true;
    }
}
