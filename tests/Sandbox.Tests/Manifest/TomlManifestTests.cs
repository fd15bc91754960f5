using System.Text;
using ClawGrains.Sandbox.Manifest;

namespace ClawGrains.Sandbox.Tests.Manifest;

public sealed class TomlManifestTests
{
    private const string ZeroClaw = """
        # a plugin
        id = "demo"
        version = "1.0.0"
        module_path = "plugins/demo.wasm"
        wit_packages = ["zeroclaw:tools@1.0.0", "zeroclaw:providers@1.0.0"]
        providers = [
          "demo-provider", # the one
        ]

        [[tools]]
        name = "demo_tool"
        description = "Demo tool"

        [[tools]]
        name = 'other'

        [permissions]
        network = ["api.example.com"]

        [resources]
        max_fuel = 500_000_000
        memory_mb = 0x8
        """;

    [Fact]
    public async Task ZeroClawToml_GivesTheManifest()
    {
        var result = await Read("zeroclaw.plugin.toml", ZeroClaw);
        var manifest = result.Manifest.ShouldNotBeNull(result.Error?.Message);
        (manifest.Name, manifest.Component, manifest.Limits.Fuel, manifest.Limits.MemoryMegabytes).ShouldBe(("demo", "plugins/demo.wasm", 500_000_000, 8));
        manifest.Permissions.Network.ShouldBe(["api.example.com"]);
        manifest.WitPackages.Select(w => w.Name).ShouldBe(["zeroclaw:tools", "zeroclaw:providers"]);
        result.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public async Task TableNamedPlugin_IsTheManifest() =>
        (await Read("plugin.toml", "[plugin]\nname = \"a\"\nversion = \"1.0.0\"\nwasm_path = \"a.wasm\"\n")).Manifest.ShouldNotBeNull().Component.ShouldBe("a.wasm");

    [Theory]
    [InlineData("id = 'a'\nname = 'A'\nversion = 1\n", "p.toml:3:11: error: version: must be text")]
    [InlineData("id = 'a'\nid = 'b'\n", "p.toml:2:1: error: 'id' is there twice")]
    [InlineData("id = 'a\n", "p.toml:1:8: error: not TOML: the text is not closed on its line")]
    [InlineData("id = a\n", "p.toml:1:6: error: not TOML: 'a' is not a value")]
    [InlineData("id = 'a' name = 'b'", "p.toml:1:10: error: not TOML: 'n' after the end")]
    [InlineData("[a]\n[a]\n", "p.toml:2:2: error: 'a' is there twice")]
    [InlineData("a = [1]\n[[a]]\n", "p.toml:2:3: error: 'a' is there twice")]
    [InlineData("a = {b = 1}\n[a.c]\n", "p.toml:2:2: error: 'a' is not a table")]
    [InlineData("a = \"\\q\"", "p.toml:1:8: error: not TOML: '\\q' is not an escape")]
    [InlineData("= 1", "p.toml:1:1: error: not TOML: a key is wanted")]
    [InlineData("id = 'a'\nname = 'A'\nversion = '1.0.0'\n[resources]\nmax_fuel = inf\n", "p.toml:5:12: error: resources.max_fuel: must be a whole number")]
    public async Task Error_SaysFileLineAndColumn(string toml, string message) =>
        (await Read("p.toml", toml)).Error.ShouldNotBeNull().Message.ShouldStartWith(message);

    [Theory]
    [InlineData("\"a\\u0062\\n\"", "ab\n")]
    [InlineData("'a\\b'", "a\\b")]
    [InlineData("\"\"\"\na \\\n   b\"\"\"", "a b")]
    [InlineData("'''x'y'''", "x'y")]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z")]
    public async Task Texts_AreReadInEveryForm(string toml, string text) =>
        (await Read("p.toml", $"id = 'a'\nname = {toml}\nversion = '1.0.0'\n")).Manifest.ShouldNotBeNull().Name.ShouldBe(text);

    [Theory]
    [InlineData("zeroclaw.plugin.toml")]
    [InlineData("weather.plugin.toml")]
    [InlineData("manifest.toml")]
    public void Package_IsSearchedForIt(string name) => ManifestReader.FindIn(["a.wasm", name]).ShouldBe(name);

    [Fact]
    public void OurManifest_IsPreferred() => ManifestReader.FindIn(["manifest.toml", "clawgrains.plugin.yaml"]).ShouldBe("clawgrains.plugin.yaml");

    private static async Task<ManifestResult> Read(string file, string text) => (await ManifestReader.CreateAsync()).Read(file, Encoding.UTF8.GetBytes(text));
}
