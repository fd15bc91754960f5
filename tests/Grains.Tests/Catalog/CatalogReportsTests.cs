using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Grains.Tests.Catalog;

public sealed class CatalogReportsTests
{
    private readonly Lines _lines = new();

    [Fact]
    public void ThousandsOfFaultsAtOnce_AreTenLinesAndTheirNumber_AndSoIsTheirMending()
    {
        var reports = new CatalogReports(_lines);
        reports.Swapped(TenantId.Default, Report(1), Snapshot(1, 2000));
        _lines.Count.ShouldBe(11);
        _lines[^1].ShouldContain("1990 more could not be loaded either");
        _lines.Clear();
        reports.Swapped(TenantId.Default, Report(2), Snapshot(2, 0));
        _lines.Count.ShouldBe(11);
        _lines[^1].ShouldContain("1990 more are mended or gone");
    }

    private static ReloadReport Report(long number) => new() { Number = number };

    private static CatalogSnapshot Snapshot(long number, int faults) => new()
    {
        Number = number, BuiltAt = DateTimeOffset.UnixEpoch, Skills = [],
        Invalid = [.. Enumerable.Range(0, faults).Select(i => new InvalidSkill { Path = $"/skills/s{i}", Layer = "workspace", Reason = "the folder is gone", Serving = $"s{i}" })],
    };

    private sealed class Lines : List<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }
}
