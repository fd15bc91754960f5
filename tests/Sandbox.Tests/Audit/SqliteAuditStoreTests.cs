using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Tests.Support;
using Microsoft.Data.Sqlite;

namespace ClawGrains.Sandbox.Tests.Audit;

public sealed class SqliteAuditStoreTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();

    private string Database => Path.Combine(_directory.Path, "audit.db");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _directory.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Chain_ContinuesAfterReopening()
    {
        await Fill(3);
        await Fill(2);
        await using var store = SqliteAuditStore.Open(Database, _time);
        var check = await store.VerifyAsync();
        (check.IsIntact, check.Records).ShouldBe((true, 5));
    }

    [Theory]
    [InlineData("UPDATE audit SET reason = 'x' WHERE seq = 3", 3)]
    [InlineData("DELETE FROM audit WHERE seq = 3", 3)]
    [InlineData("UPDATE audit SET hash = 'x' WHERE seq = 2", 2)]
    [InlineData("UPDATE audit SET allowed = 2 WHERE seq = 2", 2)]
    [InlineData("UPDATE audit SET plugin = CAST(plugin AS BLOB) WHERE seq = 4", 4)]
    [InlineData("UPDATE audit SET duration = 'x' WHERE seq = 4", 4)]
    [InlineData("UPDATE audit SET tenant = 'No Tenant' WHERE seq = 3", 3)]
    [InlineData("UPDATE audit SET time = 9223372036854775807 WHERE seq = 3", 3)]
    public async Task Tampering_IsFound(string sql, long at)
    {
        await Fill(5);
        Tamper("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; " + sql);
        await using var store = SqliteAuditStore.Open(Database, _time);
        (await store.VerifyAsync()).BrokenAt.ShouldBe(at);
    }

    [Fact]
    public async Task RecordThatNobodyHereWrote_IsToldWithItsNumber_WhereRecordsAreListed()
    {
        await Fill(5);
        Tamper("DROP TRIGGER audit_no_update; UPDATE audit SET tenant = 'No Tenant' WHERE seq = 3");
        await using var store = SqliteAuditStore.Open(Database, _time);
        (await Should.ThrowAsync<InvalidDataException>(() => store.QueryAsync(new AuditFilter()))).Message.ShouldStartWith("Record 3 of the audit was changed");
        (await store.QueryAsync(new AuditFilter { After = 3 })).Count.ShouldBe(2);
    }

    [Fact]
    public async Task RecordsCutFromTheEnd_AreFoundByAHeadKeptElsewhere()
    {
        var head = await Fill(5);
        Tamper("DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq > 3");
        await using var store = SqliteAuditStore.Open(Database, _time);
        (await store.VerifyAsync()).IsIntact.ShouldBeTrue();
        (await store.VerifyAsync(head)).IsIntact.ShouldBeFalse();
    }

    [Theory]
    [InlineData("UPDATE audit SET reason = 'x'")]
    [InlineData("DELETE FROM audit")]
    public async Task Database_RefusesChanges(string sql)
    {
        await Fill(2);
        Should.Throw<SqliteException>(() => Tamper(sql)).Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task Retention_LetsGoOfTheOldest_AndTheRestStaysVerifiable()
    {
        await Fill(10);
        await using var store = SqliteAuditStore.Open(Database, _time);
        (await store.RetainAsync(new AuditRetention(null, 4))).ShouldBe(6);
        var check = await store.VerifyAsync();
        (check.IsIntact, check.Records).ShouldBe((true, 4));
        _time.Advance(TimeSpan.FromDays(40));
        (await store.RetainAsync(new AuditRetention(TimeSpan.FromDays(30), null))).ShouldBe(4);
        await (await store.AppendAsync(Entry("after"))).WaitAsync(TimeSpan.FromSeconds(10));
        (await store.VerifyAsync()).IsIntact.ShouldBeTrue();
    }

    [Fact]
    public async Task Retention_BySize_LetsGoOfTheOldest_AndShrinksTheFile()
    {
        await using (var store = SqliteAuditStore.Open(Database, _time))
        {
            for (var i = 0; i < 2_000; i++) await store.EnqueueAsync(Entry($"f{i}") with { Arguments = new string('x', 400) });
            (await store.RetainAsync(new AuditRetention(null, null, 100_000))).ShouldBeInRange(1_700, 1_900);
            var check = await store.VerifyAsync();
            check.IsIntact.ShouldBeTrue(check.Reason);
            (await store.QueryAsync(new AuditFilter { Limit = 10_000 }))[^1].Entry.Function.ShouldBe("f1999");
        }
        new FileInfo(Database).Length.ShouldBeLessThan(400_000);
    }

    [Fact]
    public async Task QueuedEntries_AreOnDiskAfterACleanStop_InTheirOrder()
    {
        await using (var store = SqliteAuditStore.Open(Database, _time))
            for (var i = 0; i < 10_000; i++) await store.EnqueueAsync(Entry($"f{i}"));
        await using var again = SqliteAuditStore.Open(Database, _time);
        (await again.QueryAsync(new AuditFilter { Limit = 20_000 })).Select(r => r.Entry.Function).ShouldBe(Enumerable.Range(0, 10_000).Select(i => $"f{i}"));
        (await again.VerifyAsync()).IsIntact.ShouldBeTrue();
    }

    [Fact]
    public async Task EntryThatCannotBeWritten_IsToldToWhoeverComesNext()
    {
        await using var store = SqliteAuditStore.Open(Database, _time);
        await (await store.AppendAsync(Entry("good")));
        Tamper("DROP TABLE audit");
        await store.EnqueueAsync(Entry("lost"));
        // Whichever of the two comes after the failed commit is told.
        Exception?[] told = [await Record.ExceptionAsync(() => store.QueryAsync(new AuditFilter())), await Record.ExceptionAsync(async () => await store.EnqueueAsync(Entry("next")))];
        told.ShouldContain(e => e is IOException);
    }

    [Fact]
    public async Task AwaitedEntryThatCannotBeWritten_Throws()
    {
        await using var store = SqliteAuditStore.Open(Database, _time);
        Tamper("DROP TABLE audit");
        await Should.ThrowAsync<SqliteException>(async () => await await store.AppendAsync(Entry("awaited")));
    }

    [Theory]
    [InlineData(true, "p", "audit_by_plugin (plugin=? AND seq>?)")]
    [InlineData(false, "p", "audit_by_plugin (plugin=? AND seq>?)")]
    [InlineData(true, null, "INTEGER PRIMARY KEY (rowid>?)")]
    public async Task Filters_ReadOnlyWhatFits_InItsOrder(bool ofATenant, string? plugin, string index)
    {
        await Fill(3);
        var (text, values) = AuditSql.Statement(new AuditFilter { Tenant = ofATenant ? TenantId.Default : null, Plugin = plugin, Newest = true });
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + text;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i]);
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        reader.GetString(3).ShouldEndWith(index);
        reader.Read().ShouldBeFalse("nothing is sorted");
    }

    [Fact]
    public async Task EveryFilter_AloneAndWithTheOthers_GivesWhatFits()
    {
        await using var store = SqliteAuditStore.Open(Database, _time);
        var (wanted, start) = (Entry("log") with { Tenant = TenantId.Parse("one"), Plugin = "x", Allowed = false }, _time.GetUtcNow());
        await store.AppendAsync(Entry("early"));
        _time.Advance(TimeSpan.FromMinutes(1));
        await store.AppendAsync(wanted with { Time = _time.GetUtcNow() });
        _time.Advance(TimeSpan.FromMinutes(1));
        await store.AppendAsync(Entry("late"));
        AuditFilter[] filters =
        [
            new() { Tenant = wanted.Tenant }, new() { Plugin = "x" }, new() { Function = "log" }, new() { Allowed = false },
            new() { From = start.AddSeconds(30), Until = start.AddSeconds(90) }, new() { After = 1, Limit = 1 },
            new() { Tenant = wanted.Tenant, Plugin = "x", Function = "log", Allowed = false, From = start.AddSeconds(30), Until = start.AddSeconds(90), After = 1, Newest = true },
        ];
        foreach (var filter in filters) (await store.QueryAsync(filter)).ShouldHaveSingleItem(filter.ToString()).Sequence.ShouldBe(2);
        (await store.QueryAsync(new AuditFilter { Plugin = "x' OR '1'='1" })).ShouldBeEmpty();
    }

    private async Task<string> Fill(int count)
    {
        await using var store = SqliteAuditStore.Open(Database, _time);
        for (var i = 0; i < count; i++) await store.AppendAsync(Entry($"f{i}"));
        return (await store.VerifyAsync()).Head;
    }

    private AuditEntry Entry(string function) => new() { Time = _time.GetUtcNow(), Tenant = TenantId.Default, Plugin = "p", Function = function, Allowed = true };

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
