using ClawGrains.Embedded.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace ClawGrains.Embedded.Tests.Storage;

public sealed class StorageTests : InDirectory
{
    [Fact]
    public async Task State_Written_IsThereAfterARestart()
    {
        using (var first = await StartAsync())
        {
            await first.Grain<INotesGrain>("a").Add("milk", 2);
            await first.Grain<INotesGrain>("a").Add("eggs", 1);
            await first.StopAsync();
        }
        using var second = await StartAsync();
        (await second.Grain<INotesGrain>("a").All()).ShouldBe(["milk2", "eggs1"]);
        (await second.Grain<INotesGrain>("a").NotStored()).ShouldBe("initial");
        await second.StopAsync();
    }

    [Fact]
    public async Task Host_StoppedByDisposalOnly_FreesTheFile()
    {
        using (var first = await StartAsync())
            await first.StopAsync();
        using var second = await StartAsync();
        await second.StopAsync();
    }

    [Fact]
    public async Task SecondHost_OnTheSameFile_IsRefusedWithProcessAndPath()
    {
        using var first = await StartAsync();
        var e = await Should.ThrowAsync<EmbeddedStorageException>(StartAsync);
        e.Message.ShouldContain(Database);
        e.Message.ShouldContain($"process {Environment.ProcessId}");
        await first.Grain<INotesGrain>("a").Add("still works", 1);
        await first.StopAsync();
    }

    [Theory, InlineData("this is no database at all, but a text of more than one hundred bytes, so that the header is whole and wrong")]
    public async Task File_ThatIsNoDatabase_IsRefusedAndLeftAsItIs(string content)
    {
        await File.WriteAllTextAsync(Database, content);
        var e = await Should.ThrowAsync<EmbeddedStorageException>(StartAsync);
        e.Message.ShouldContain(Database);
        e.Message.ShouldContain("Nothing was changed");
        (await File.ReadAllTextAsync(Database)).ShouldBe(content);
    }

    [Fact]
    public async Task File_DamagedInTheMiddle_IsReportedByTheCallThatMeetsIt()
    {
        using (var first = await StartAsync())
        {
            for (var i = 0; i < 50; i++)
                await first.Grain<INotesGrain>($"{i}").Add(new string('x', 2000), i);
            await first.StopAsync();
        }
        var bytes = await File.ReadAllBytesAsync(Database);
        bytes.AsSpan(4096).Fill(0xA5);
        await File.WriteAllBytesAsync(Database, bytes);
        var e = await Should.ThrowAsync<EmbeddedStorageException>(async () =>
        {
            using var second = await StartAsync();
            await second.Grain<INotesGrain>("7").All();
        });
        e.Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task File_OfALaterVersion_IsRefused()
    {
        using (var first = await StartAsync())
            await first.StopAsync();
        Execute("PRAGMA user_version = 99");
        (await Should.ThrowAsync<EmbeddedStorageException>(StartAsync)).Message.ShouldContain("later version");
    }

    [Fact]
    public async Task File_OfAnotherProgram_IsRefused()
    {
        Execute("CREATE TABLE theirs (x)");
        (await Should.ThrowAsync<EmbeddedStorageException>(StartAsync)).Message.ShouldContain("another program");
    }

    [Fact]
    public async Task Directory_ThatCannotBeWritten_IsRefused()
    {
        var blocker = Path.Combine(Directory, "file");
        await File.WriteAllTextAsync(blocker, "");
        await Should.ThrowAsync<IOException>(() => EmbeddedHost.StartAsync(silo => silo.UseEmbeddedStorage(Path.Combine(blocker, "grains.db"))));
    }

    [Fact]
    public async Task Write_OverAnotherVersion_IsRefused()
    {
        await using var database = await SqliteDatabase.OpenAsync(Database, default);
        var store = new SqliteStateStore(database, "s");
        var grain = GrainId.Create("g", "1");
        var etag = await store.WriteAsync(grain, "n", new("{}", null), default);
        await Should.ThrowAsync<InconsistentStateException>(() => store.WriteAsync(grain, "n", new("{}", null), default));
        var next = await store.WriteAsync(grain, "n", new("""{"a":1}""", etag), default);
        (await Should.ThrowAsync<InconsistentStateException>(() => store.WriteAsync(grain, "n", new("{}", etag), default))).StoredEtag.ShouldBe(next);
        await Should.ThrowAsync<InconsistentStateException>(() => store.ClearAsync(grain, "n", etag, default));
        (await store.ReadAsync(grain, "n", default)).ShouldBe(new("""{"a":1}""", next));
        await store.ClearAsync(grain, "n", next, default);
        (await store.ReadAsync(grain, "n", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Statements_OfManyCallers_FailAlone()
    {
        await using var database = await SqliteDatabase.OpenAsync(Database, default);
        var store = new SqliteStateStore(database, "s");
        var writes = Enumerable.Range(0, 300).Select(i => store.WriteAsync(GrainId.Create("g", $"{i % 100}"), "n", new("{}", null), default)).ToArray();
        var failures = 0;
        foreach (var write in writes)
        {
            try
            {
                await write;
            }
            catch (InconsistentStateException)
            {
                failures++;
            }
        }
        failures.ShouldBe(200);
    }

    [Fact]
    public async Task State_InTheFile_IsReadableJsonOfTheMembersThatTravel()
    {
        using (var host = await StartAsync())
        {
            await host.Grain<INotesGrain>("a").Add("milk", 2);
            await host.StopAsync();
        }
        var json = (string)Execute("SELECT json FROM state")!;
        json.ShouldContain("""{"$type":"test.urgent","Level":2,"Text":"milk"}""");
        json.ShouldNotContain("NotStored");
    }

    private object? Execute(string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private Task<IHost> StartAsync() => EmbeddedHost.StartAsync(silo => silo.UseEmbeddedStorage(Database));
}
