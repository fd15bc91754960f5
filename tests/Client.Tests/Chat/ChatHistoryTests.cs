using ClawGrains.Client.Chat;

namespace ClawGrains.Client.Tests.Chat;

public sealed class ChatHistoryTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    private string File => Path.Combine(_home.Path, "data", "chat-history");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Lines_AreKept_WithoutRepetitions()
    {
        var history = ChatHistory.Open(File);
        foreach (var line in new[] { "/a", "/b", "/b", "/a" }) history.Add(line);
        ChatHistory.Open(File).Lines.ShouldBe(["/a", "/b", "/a"]);
    }

    [Fact]
    public void Lines_BeyondAThousand_AreTheNewest()
    {
        var history = ChatHistory.Open(File);
        for (var i = 0; i < 1003; i++) history.Add($"/{i}");
        var kept = ChatHistory.Open(File).Lines;
        (kept.Count, kept[0], kept[^1]).ShouldBe((1000, "/3", "/1002"));
    }

    [Fact]
    public void File_IsItsOwnersAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        ChatHistory.Open(File).Add("/a");
        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
