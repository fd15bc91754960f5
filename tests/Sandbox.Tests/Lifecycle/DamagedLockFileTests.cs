using ClawGrains.Contracts;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Lifecycle;

/// <summary>Lock files that something else wrote: told with the file and what to do, and never taken for no plugins.</summary>
public sealed class DamagedLockFileTests : IAsyncLifetime
{
    private readonly Host _host = new();
    private Installs _installs = null!;

    public async Task InitializeAsync() => _installs = await Installs.OnAsync(_host);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("""[{"order":1}]""")]
    [InlineData("""[{"id":"../x","state":"removed"}]""")]
    [InlineData("""[{"id":"x","state":"removed"},{"id":"x","state":"removed"}]""")]
    [InlineData("""[{"id":"x","state":"flying"}]""")]
    [InlineData("""[{"id":"x","state":"enabled"}]""")]
    [InlineData("""[{"id":"x","state":"removed","approved":null}]""")]
    [InlineData("""[{"id":"x","state":"removed","history":null}]""")]
    [InlineData("""[{"id":"x","state":"enabled","active":{"version":"1.0.0","package":null,"component":"b","requested":{}}}]""")]
    public void LockFileThatIsNone_IsToldWithItsPath(string text)
    {
        File.WriteAllText(_installs.LockPath, text);
        var error = Should.Throw<PluginException>(_installs.Open);
        error.Message.ShouldStartWith($"{_installs.LockPath} is damaged or was changed by hand: ");
        error.Message.ShouldEndWith("move it away and install the plugins again.");
    }

    [Fact]
    public async Task LockFileThatIsDamagedWhilePluginsRun_IsToldUntilItIsMended()
    {
        var registry = _installs.Open();
        await registry.InstallAsync(Installs.Package("1.0.0"));
        var good = await File.ReadAllTextAsync(_installs.LockPath);
        await File.WriteAllTextAsync(_installs.LockPath, good[..^20]);
        Should.Throw<PluginException>(() => registry.Refresh());
        Should.Throw<PluginException>(() => registry.Refresh());
        await File.WriteAllTextAsync(_installs.LockPath, good);
        registry.Refresh().ShouldBeTrue();
        registry.Active(Installs.Id).Version.ShouldBe("1.0.0");
    }
}
