using System.Text;
using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Logging;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Scanning;
using ClawGrains.Sandbox.Tests.Support;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Tests.ZeroClaw;

/// <summary>A tool plugin of <c>zeroclaw:plugin@0.1.0</c>.</summary>
public sealed class ZeroClawTests
{
    private static readonly PluginPermissions Bound = new()
    {
        Network = ["api.example.com"], Credentials = [new CredentialBinding("api.example.com", "Authorization", "api-key", "Bearer {secret}")],
    };

    [Theory]
    [InlineData("0", GuestLogLevel.Trace)]
    [InlineData("2", GuestLogLevel.Information)]
    [InlineData("4", GuestLogLevel.Error)]
    public async Task Log_IsOneGuardedLine_WithWhatTheEventTells(string level, GuestLogLevel expected)
    {
        await using var host = new Host();
        (await RunAsync(host, new { @do = "log", level, value = "two\nlines" })).Result.ShouldBe("logged");
        var line = host.Lines.ShouldHaveSingleItem();
        (line.Level, line.Message).ShouldBe((expected, "two\\nlines [zero::run: start, success, 12 ms, {\"a\":1}]"));
        (await host.Entries("log")).ShouldHaveSingleItem().Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task Log_MoreThanAMinutesMessages_AreDroppedAndTheCallGoesOn()
    {
        await using var host = new Host();
        for (var i = 0; i < 3; i++)
            (await RunAsync(host, new { @do = "log", level = "2", value = "x" }, limits: PluginLimits.Default with { LogsPerMinute = 2 })).Result.ShouldBe("logged");
        host.Lines.Count(l => l.Message.StartsWith('x')).ShouldBe(2);
    }

    [Fact]
    public async Task Secret_ThatTheManifestBinds_IsAStandInNeverTheValue()
    {
        await using var host = new Host();
        host.SecretValues["api-key"] = "s3cr3t-value";
        (await RunAsync(host, new { @do = "secret", value = "api-key" }, Bound)).Result.ShouldBe("held-by-the-host");
        (await host.Entries("get-secret")).ShouldHaveSingleItem().Arguments.ShouldBe("api-key");
    }

    [Fact]
    public async Task Secret_ThatNothingBinds_IsNotFound_AndWithoutCredentialsDeniedWithWhatToDo()
    {
        await using var host = new Host();
        host.SecretValues["other"] = "s3cr3t-value";
        (await RunAsync(host, new { @do = "secret", value = "other" }, Bound)).ToolError.ShouldBe("not-found");
        (await RunAsync(host, new { @do = "secret", value = "other" })).ToolError.ShouldBe("access-denied");
        var entries = await host.Entries("get-secret");
        entries.Select(e => e.Allowed).ShouldBe([true, false]);
        entries[1].Reason.ShouldContain("bind it to a host under 'credentials'");
    }

    [Fact]
    public async Task Proxy_IsNone()
    {
        await using var host = new Host();
        (await RunAsync(host, new { @do = "proxy" })).Result.ShouldBe("no proxy");
    }

    [Fact]
    public async Task Manifest_AsTheyArePublished_IsReadWithItsPermissionNamesWarned()
    {
        var reader = await ManifestReader.CreateAsync();
        var read = reader.Read("manifest.toml", Encoding.UTF8.GetBytes("""
            name = "account-balance"
            version = "0.1.0"
            description = "Inspects an account."
            author = "A. Uthor"
            wasm_path = "account_balance.wasm"
            capabilities = ["tool"]
            permissions = ["http_client", "config_read"]
            """));
        var manifest = read.Manifest.ShouldNotBeNull(read.Error?.Message);
        (manifest.Id.Value, manifest.Component).ShouldBe(("account-balance", "account_balance.wasm"));
        manifest.Permissions.Network.ShouldBeEmpty();
        read.Diagnostics.Count(d => d.Message.Contains("http_client", StringComparison.Ordinal) || d.Message.Contains("config_read", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void Scan_FindsNothingOdd_InWhatItImports()
    {
        using var engine = new Engine();
        var package = PluginPackage.Of([new("manifest.toml", []), new("zero.wasm", Host.Guest("zeroclaw"))], new PackageLimits());
        var manifest = new PluginManifest { Id = new PluginId("zero"), Name = "zero", Version = new PluginVersion(1, 0, 0), Component = "zero.wasm" };
        InstallScan.Scan(package, manifest, ScanPolicy.Default, c => Component.Load(engine, c)).ShouldBeEmpty();
    }

    // Names of the same length, so that the component stays well-formed: 0.1.9 is a later patch, 0.2.0 another version of the interface.
    [Theory]
    [InlineData("0.1.9", null)]
    [InlineData("0.2.0", "zeroclaw:plugin/logging@0.2.0")]
    public async Task Interface_OfAnotherVersion_LinksWhereItIsCompatible(string version, string? missing)
    {
        await using var host = new Host();
        var bytes = Host.Guest("zeroclaw");
        Replace(bytes, "zeroclaw:plugin/logging@0.1.0", $"zeroclaw:plugin/logging@{version}");
        var plugin = RunnablePlugin.Of(Host.Plugin().Manifest, bytes, PluginPermissions.None);
        var outcome = await host.Run(plugin, "zero", new { @do = "log", level = "2", value = "x" });
        if (missing is null) outcome.Result.ShouldBe("logged");
        else (outcome.Error!.Code, outcome.Error.Message.Contains(missing, StringComparison.Ordinal)).ShouldBe(("incompatible", true));
    }

    private static Task<PluginOutcome> RunAsync(Host host, object parameters, PluginPermissions? permissions = null, PluginLimits? limits = null) =>
        host.Run(Host.Plugin(permissions, limits, "zeroclaw", "zero"), "zero", parameters);

    private static void Replace(byte[] bytes, string from, string to)
    {
        var (old, fresh) = (Encoding.UTF8.GetBytes(from), Encoding.UTF8.GetBytes(to));
        for (var at = bytes.AsSpan().IndexOf(old); at >= 0; at = bytes.AsSpan().IndexOf(old)) fresh.CopyTo(bytes, at);
    }
}
