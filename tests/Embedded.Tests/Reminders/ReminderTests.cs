using ClawGrains.Embedded.Reminders;
using Microsoft.Extensions.Hosting;

namespace ClawGrains.Embedded.Tests.Reminders;

public sealed class ReminderTests : InDirectory
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private readonly string _key = Guid.NewGuid().ToString("N");

    private Signal Signal => NotesGrain.Signals.GetOrAdd(_key, _ => new());

    [Fact]
    public async Task Reminder_AfterARestart_TicksAtTheTimesItWouldHave()
    {
        using (var first = await StartAsync())
        {
            await first.Grain<INotesGrain>(_key).Remind(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30));
            await first.StopAsync();
        }
        _time.Advance(TimeSpan.FromMinutes(75));
        using var second = await StartAsync();
        _time.Advance(TimeSpan.FromMinutes(24));
        Signal.Events.Count(e => e.StartsWith("r ")).ShouldBe(0);
        _time.Advance(Minute);
        await Signal.UntilAsync(e => e.Contains("r 2026-01-01T01:40:00.0000000Z"));
        await second.StopAsync();
    }

    [Fact]
    public async Task Reminder_AfterARestart_IsThereToBeFound()
    {
        using (var first = await StartAsync())
        {
            await first.Grain<INotesGrain>(_key).Remind(TimeSpan.Zero, Minute);
            _time.Advance(TimeSpan.FromSeconds(1));
            await Signal.UntilAsync(e => e.Count == 1);
            await first.StopAsync();
        }
        _time.Advance(Minute * 10);
        Signal.Events.Count(e => e.StartsWith("r ")).ShouldBe(1);
    }

    [Theory, InlineData(0, 10), InlineData(9, 1), InlineData(10, 0), InlineData(11, 29), InlineData(100, 30), InlineData(101, 29)]
    public void Next_AtAMinute_IsTheTimeUntilTheNextTick(int at, int expected)
    {
        var zero = _time.GetUtcNow().UtcDateTime;
        var reminder = new Reminder(GrainId.Create("a", "b"), "r", zero.AddMinutes(10), TimeSpan.FromMinutes(30), "1");
        reminder.Next(zero.AddMinutes(at)).ShouldBe(TimeSpan.FromMinutes(expected));
    }

    private Task<IHost> StartAsync() => EmbeddedHost.StartAsync(silo => silo.UseEmbeddedStorage(Database), _time);
}
