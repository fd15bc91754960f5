using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Tests.Permissions;

public sealed class PermissionTests
{
    [Theory]
    [InlineData("api.example.com", "API.example.com", 443, true)]
    [InlineData("api.example.com", "api.example.com.", 80, true)]
    [InlineData("api.example.com", "api.example.com", 8080, false)]
    [InlineData("api.example.com:8080", "api.example.com", 8080, true)]
    [InlineData("api.example.com:*", "api.example.com", 22, true)]
    [InlineData("*.example.com", "a.b.example.com", 443, true)]
    [InlineData("*.example.com", "example.com", 443, false)]
    [InlineData("*.example.com", "badexample.com", 443, false)]
    [InlineData("*", "any.host", 443, true)]
    public void NetworkPattern_MatchesHosts(string pattern, string host, int port, bool matches)
    {
        NetworkPattern.TryParse(pattern, out var parsed).ShouldBeTrue();
        parsed.Matches(host, port).ShouldBe(matches);
    }

    [Theory]
    [InlineData("[2001:DB8:0:0::1]:8080", "http://[2001:db8::1]:8080/x", true)]
    [InlineData("[2001:db8::1]", "https://[2001:0db8:0::0001]/", true)]
    [InlineData("[2001:db8::1]", "https://[2001:db8::2]/", false)]
    [InlineData("xn--bcher-kva.example", "https://bücher.example/", true)]
    public void NetworkPattern_MatchesUris(string pattern, string uri, bool matches)
    {
        NetworkPattern.TryParse(pattern, out var parsed).ShouldBeTrue();
        parsed.Matches(new Uri(uri)).ShouldBe(matches);
    }

    [Theory]
    [InlineData("[0:0::1]:80", "[::1]:80")]
    [InlineData("Example.COM", "example.com")]
    [InlineData("*.example.com:*", "*.example.com:*")]
    public void NetworkPattern_IsInItsUsualForm(string text, string expected)
    {
        NetworkPattern.TryParse(text, out var pattern).ShouldBeTrue();
        pattern.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("[192.0.2.1]")]
    [InlineData("[fe80::1%eth0]")]
    [InlineData("[]")]
    [InlineData("https://x")]
    [InlineData("a b")]
    [InlineData("x.example/path")]
    [InlineData("*.*.example")]
    [InlineData("x:0")]
    [InlineData("")]
    public void NetworkPattern_ThatIsNone_IsRefused(string pattern) => NetworkPattern.TryParse(pattern, out _).ShouldBeFalse();

    [Fact]
    public void Growth_LeavesOutWhatIsCovered()
    {
        var approved = new PluginPermissions { Network = ["*.example.com"], Filesystem = ["data"], Environment = ["APP_*"] };
        var requested = new PluginPermissions { Network = ["api.example.com", "example.com"], Filesystem = ["data/sub:ro", "dat"], Environment = ["APP_MODE", "APP_KEY"], Shell = true };
        PermissionGrowth.Between(approved, requested).Describe().ShouldBe(["network: example.com", "filesystem: dat", "environment: APP_KEY", "shell"]);
        PermissionGrowth.Between(new() { Filesystem = ["data:ro"] }, new() { Filesystem = ["data"] }).Filesystem.ShouldBe(["data"]);
    }

    [Fact]
    public void Limits_StayBelowTheirCeilings()
    {
        var limits = new PluginLimits { Fuel = long.MaxValue, MemoryMegabytes = 4096, TableElements = int.MaxValue, Time = TimeSpan.FromDays(1) }.Within(new LimitCeilings());
        (limits.Fuel, limits.MemoryMegabytes, limits.TableElements, limits.Time).ShouldBe((10_000_000_000, 256, 100_000, TimeSpan.FromSeconds(300)));
    }
}
