using ClawGrains.Client.Mcp.Http;

namespace ClawGrains.Client.Tests.Mcp.Http;

public sealed class BearerTokenTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("claw-token-").FullName;

    [Fact]
    public void Token_MadeOnce_StaysTheSame_AndIsReadableByItsOwnerAlone()
    {
        var token = BearerToken.LoadOrCreate(_directory);
        token.Length.ShouldBe(43);
        BearerToken.LoadOrCreate(_directory).ShouldBe(token);
        BearerToken.Read(_directory).ShouldBe(token);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(BearerToken.PathOf(_directory)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_directory).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Token_MadeByManyAtOnce_IsOne()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => BearerToken.LoadOrCreate(_directory))));
        tokens.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Token_ThatOthersMayRead_IsRefused()
    {
        if (OperatingSystem.IsWindows()) return;
        BearerToken.LoadOrCreate(_directory);
        File.SetUnixFileMode(BearerToken.PathOf(_directory), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Should.Throw<InvalidOperationException>(() => BearerToken.LoadOrCreate(_directory)).Message.ShouldContain("chmod 600");
    }

    [Fact]
    public void Token_OfADirectoryWithoutOne_IsNull() => BearerToken.Read(_directory).ShouldBeNull();

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
