using System.Net.Sockets;
using System.Text;
using ClawGrains.Components.Wasi;

namespace ClawGrains.Components.Tests.Wasi;

/// <summary>What the preview 1 adapter never asks for.</summary>
public sealed class FilesystemTests : IDisposable
{
    private const string Descriptor = "filesystem/types#[method]descriptor.";
    private const string Input = "io/streams#[method]input-stream.";
    private const string Output = "io/streams#[method]output-stream.";
    private readonly string _directory = Directory.CreateTempSubdirectory("claw-fs").FullName;

    private WasiDriver Wasi(bool readOnly = false) => new(new WasiOptions { Directories = [new WasiDirectory(_directory, "/", readOnly)] });

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static ComponentValue Open(WasiDriver wasi, string path, string[] open, params string[] flags) => wasi.Ok($"{Descriptor}open-at", wasi.Root,
        ComponentValue.Flags("symlink-follow"), ComponentValue.String(path), ComponentValue.Flags(open), ComponentValue.Flags(flags));

    private static ComponentValue U64(ulong value) => ComponentValue.U64(value);

    [Fact]
    public void Streams_OfAFile_WriteAppendSpliceAndRead()
    {
        using var wasi = Wasi();
        var file = Open(wasi, "f", ["create"], "read", "write");
        var write = wasi.Ok($"{Descriptor}write-via-stream", file, U64(2));
        wasi.Ok($"{Output}check-write", write).AsU64().ShouldBeGreaterThan(0ul);
        wasi.Ok($"{Output}blocking-write-and-flush", write, ComponentValue.Bytes("abc"u8.ToArray()));
        wasi.Ok($"{Output}blocking-write-zeroes-and-flush", write, U64(2));
        var append = wasi.Ok($"{Descriptor}append-via-stream", file);
        var read = wasi.Ok($"{Descriptor}read-via-stream", file, U64(2));
        wasi.Ok($"{Output}splice", append, read, U64(3)).AsU64().ShouldBe(3ul);
        wasi.Ok($"{Input}skip", read, U64(1)).AsU64().ShouldBe(1ul);
        wasi.Ok($"{Input}read", read, U64(0)).AsBytes().ShouldBeEmpty();
        wasi.Ok($"{Input}read", read, U64(100)).AsBytes().ShouldBe("\0abc"u8.ToArray());
        wasi.Error($"{Input}blocking-read", read, U64(1)).Case.ShouldBe("closed");
        File.ReadAllBytes(Path.Combine(_directory, "f")).ShouldBe("\0\0abc\0\0abc"u8.ToArray());
    }

    [Fact]
    public void Descriptor_OpenedForReading_CanHaveItsTimesSetButNotItsSize()
    {
        using var wasi = Wasi();
        File.WriteAllText(Path.Combine(_directory, "f"), "x");
        var file = Open(wasi, "f", [], "read");
        wasi.Ok($"{Descriptor}set-times", file, Timestamp(100, 5), Timestamp(200, 7));
        File.GetLastWriteTimeUtc(Path.Combine(_directory, "f")).ShouldBe(DateTime.UnixEpoch.AddSeconds(200), TimeSpan.FromMilliseconds(1));
        wasi.Error($"{Descriptor}set-size", file, U64(0)).Case.ShouldBe("invalid");
    }

    [Fact]
    public void Write_ThatTheSystemRefuses_HasItsReason()
    {
        using var devices = new WasiDriver(new WasiOptions { Directories = [new WasiDirectory("/dev", "/")] });
        var full = Open(devices, "full", [], "write");
        devices.Error($"{Descriptor}write", full, ComponentValue.Bytes([1]), U64(0)).Case.ShouldBe("insufficient-space");
        var stream = devices.Ok($"{Descriptor}write-via-stream", full, U64(0));
        var failure = devices.Error($"{Output}blocking-write-and-flush", stream, ComponentValue.Bytes([1])).CasePayload!.Value;
        devices.Call("filesystem/types#filesystem-error-code", failure).CasePayload!.Value.Case.ShouldBe("insufficient-space");
        using var wasi = Wasi();
        wasi.Error($"{Descriptor}write", Open(wasi, "f", ["create"], "write"), ComponentValue.Bytes([1]), U64(long.MaxValue - 1)).Case.ShouldBe("file-too-large");
    }

    [Fact]
    public void Stat_OfASocket_IsUnknown()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory, "s")));
        using var wasi = Wasi();
        wasi.Ok($"{Descriptor}stat-at", wasi.Root, ComponentValue.Flags(), ComponentValue.String("s"))["type"].Case.ShouldBe("unknown");
        var entries = wasi.Ok($"{Descriptor}read-directory", wasi.Root);
        wasi.Ok("filesystem/types#[method]directory-entry-stream.read-directory-entry", entries).CasePayload!.Value["type"].Case.ShouldBe("unknown");
    }

    [Fact]
    public async Task AppendViaStream_BySeveralAtOnce_LosesNothing()
    {
        const int writers = 2, lines = 20_000;
        using var ready = new Barrier(writers);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => AppendLines(lines, ready))));
        File.ReadAllLines(Path.Combine(_directory, "log")).ShouldBe(Enumerable.Repeat("a line", writers * lines));
    }

    private void AppendLines(int count, Barrier ready)
    {
        using var wasi = Wasi();
        var stream = wasi.Ok($"{Descriptor}append-via-stream", Open(wasi, "log", ["create"], "write"));
        ready.SignalAndWait();
        for (var i = 0; i < count; i++) wasi.Ok($"{Output}blocking-write-and-flush", stream, ComponentValue.Bytes("a line\n"u8.ToArray()));
    }

    [Fact]
    public void WriteZeroes_MoreThanPermitted_Traps()
    {
        using var wasi = Wasi();
        var write = wasi.Ok($"{Descriptor}write-via-stream", Open(wasi, "f", ["create"], "write"), U64(0));
        Should.Throw<ComponentTrapException>(() => wasi.Call($"{Output}write-zeroes", write, U64(1ul << 40))).Message.ShouldContain("check-write");
    }

    [Theory]
    [InlineData("file-integrity-sync")]
    [InlineData("data-integrity-sync")]
    [InlineData("requested-write-sync")]
    public void OpenAt_SynchronousWrites_AreInItsFlags(string flag)
    {
        using var wasi = Wasi();
        wasi.Ok($"{Descriptor}get-flags", Open(wasi, "f", ["create"], "read", "write", flag)).AsFlags().ShouldBe(["read", "write", flag], ignoreOrder: true);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("exclusive")]
    [InlineData("truncate")]
    public void OpenAt_DirectoryWithCreation_IsInvalid(string flag)
    {
        using var wasi = Wasi();
        wasi.Error($"{Descriptor}open-at", wasi.Root, ComponentValue.Flags(), ComponentValue.String("d"), ComponentValue.Flags("directory", flag), ComponentValue.Flags("read"))
            .Case.ShouldBe("invalid");
    }

    [Fact]
    public void ReadOnlyDirectory_RefusesEveryChange()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "d"));
        File.WriteAllText(Path.Combine(_directory, "f"), "text");
        using var wasi = Wasi(readOnly: true);
        var (root, name, other) = (wasi.Root, ComponentValue.String("f"), ComponentValue.String("g"));
        var (none, now) = (ComponentValue.Flags(), ComponentValue.Variant("now"));
        (string Function, ComponentValue[] Arguments)[] changes =
        [
            ("create-directory-at", [root, other]), ("remove-directory-at", [root, ComponentValue.String("d")]), ("unlink-file-at", [root, name]),
            ("rename-at", [root, name, root, other]), ("symlink-at", [root, name, other]), ("link-at", [root, none, name, root, other]),
            ("set-times-at", [root, none, name, now, now]), ("set-times", [root, now, now]),
            ("open-at", [root, none, other, ComponentValue.Flags("create"), ComponentValue.Flags("write")]),
            ("open-at", [root, none, name, ComponentValue.Flags("truncate"), ComponentValue.Flags("read")]),
            ("open-at", [root, none, name, none, ComponentValue.Flags("write")]),
        ];
        foreach (var (function, arguments) in changes) wasi.Error(Descriptor + function, arguments).Case.ShouldBeOneOf("read-only", "not-permitted");
        var file = Open(wasi, "f", [], "read");
        wasi.Error($"{Descriptor}set-size", file, U64(0)).Case.ShouldBeOneOf("read-only", "not-permitted");
        wasi.Error($"{Descriptor}set-times", file, now, now).Case.ShouldBeOneOf("read-only", "not-permitted");
        wasi.Error($"{Descriptor}write", file, ComponentValue.Bytes([1]), U64(0)).Case.ShouldBeOneOf("bad-descriptor", "not-permitted");
        Directory.GetFileSystemEntries(_directory).Length.ShouldBe(2);
        File.ReadAllText(Path.Combine(_directory, "f")).ShouldBe("text");
    }

    private static ComponentValue Timestamp(ulong seconds, uint nanoseconds) =>
        ComponentValue.Variant("timestamp", ComponentValue.Record(("seconds", U64(seconds)), ("nanoseconds", ComponentValue.U32(nanoseconds))));

    [Fact]
    public void SetTimes_NowNoChangeAndTimestamp_SetEachTimeByItself()
    {
        using var wasi = Wasi();
        var file = Open(wasi, "f", ["create"], "write");
        wasi.Ok($"{Descriptor}set-times", file, Timestamp(100, 5), Timestamp(200, 7));
        wasi.Ok($"{Descriptor}set-times", file, ComponentValue.Variant("no-change"), ComponentValue.Variant("now"));
        var stat = wasi.Ok($"{Descriptor}stat", file);
        stat["data-access-timestamp"].ToString().ShouldBe("some({seconds: 100, nanoseconds: 5})");
        stat["data-modification-timestamp"].CasePayload!.Value["seconds"].AsU64().ShouldBeGreaterThan(1_700_000_000ul);
        wasi.Ok($"{Descriptor}set-times-at", wasi.Root, ComponentValue.Flags(), ComponentValue.String("f"), ComponentValue.Variant("now"), Timestamp(300, 0));
        wasi.Ok($"{Descriptor}stat", file)["data-modification-timestamp"].ToString().ShouldBe("some({seconds: 300, nanoseconds: 0})");
        foreach (var nanoseconds in new uint[] { 1_000_000_000, (1 << 30) - 1, (1 << 30) - 2 })
            wasi.Error($"{Descriptor}set-times", file, Timestamp(1, nanoseconds), ComponentValue.Variant("now")).Case.ShouldBe("invalid");
    }

    [Fact]
    public void OpenAt_DirectoryForWriting_IsADirectory()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "d"));
        using var wasi = Wasi();
        foreach (var open in new string[][] { [], ["directory"] })
            wasi.Error($"{Descriptor}open-at", wasi.Root, ComponentValue.Flags(), ComponentValue.String("d"), ComponentValue.Flags(open), ComponentValue.Flags("read", "write")).Case.ShouldBe("is-directory");
        Open(wasi, "d", ["directory"], "read", "mutate-directory");
    }

    [Fact]
    public void Metadata_HashesAndIdentity_TellObjectsApart()
    {
        File.WriteAllText(Path.Combine(_directory, "f"), "text");
        File.WriteAllText(Path.Combine(_directory, "g"), "text");
        using var wasi = Wasi();
        var (f, again, g) = (Open(wasi, "f", [], "read"), Open(wasi, "./f", [], "read"), Open(wasi, "g", [], "read"));
        wasi.Call($"{Descriptor}is-same-object", f, again).AsBool().ShouldBeTrue();
        wasi.Call($"{Descriptor}is-same-object", f, g).AsBool().ShouldBeFalse();
        var hash = wasi.Ok($"{Descriptor}metadata-hash", f).ToString();
        wasi.Ok($"{Descriptor}metadata-hash-at", wasi.Root, ComponentValue.Flags(), ComponentValue.String("f")).ToString().ShouldBe(hash);
        wasi.Ok($"{Descriptor}metadata-hash", g).ToString().ShouldNotBe(hash);
    }

    [Fact]
    public void ReadDirectory_ManyEntries_GivesEachOnce()
    {
        for (var i = 0; i < 5000; i++) File.WriteAllText(Path.Combine(_directory, $"a-file-with-a-name-{i}"), "");
        using var wasi = Wasi();
        var stream = wasi.Ok($"{Descriptor}read-directory", wasi.Root);
        var names = new HashSet<string>();
        while (wasi.Ok("filesystem/types#[method]directory-entry-stream.read-directory-entry", stream).CasePayload is { } entry) names.Add(entry["name"].AsString()).ShouldBeTrue();
        names.Count.ShouldBe(5000);
    }

    [Fact]
    public void Sockets_AreThereAndRefuse()
    {
        using var wasi = Wasi();
        wasi.Error("sockets/tcp-create-socket#create-tcp-socket", ComponentValue.Enum("ipv4")).Case.ShouldBe("access-denied");
        var network = wasi.Call("sockets/instance-network#instance-network");
        wasi.Error("sockets/ip-name-lookup#resolve-addresses", network, ComponentValue.String("localhost")).Case.ShouldBe("access-denied");
    }

    [Fact]
    public void Poll_TimersAndStreams_GivesAllThatAreReady()
    {
        var text = Encoding.UTF8.GetBytes("x");
        using var wasi = new WasiDriver(new WasiOptions { StandardInput = new MemoryStream(text) });
        var late = wasi.Call("clocks/monotonic-clock#subscribe-duration", U64(ulong.MaxValue));
        var soon = wasi.Call("clocks/monotonic-clock#subscribe-duration", U64(0));
        var past = wasi.Call("clocks/monotonic-clock#subscribe-instant", U64(0));
        var output = wasi.Call($"{Output}subscribe", wasi.Call("cli/stdout#get-stdout"));
        wasi.Call("io/poll#poll", ComponentValue.List(late, soon, past, output, late)).ToString().ShouldBe("[1, 2, 3]");
        Should.Throw<ComponentTrapException>(() => wasi.Call("io/poll#poll", ComponentValue.List()));
    }
}
