using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Manifest;

namespace ClawGrains.Sandbox.Tests.Manifest;

public sealed class ManifestReaderTests
{
    private const string Full = """
        {
          "id": "com.example.weather", "name": "Weather", "version": "1.2.0", "wit_package": "clawft:plugin@0.1.0",
          "capabilities": ["tool"],
          "permissions": { "network": ["api.example.com", "*.cdn.example:8443"], "filesystem": ["data:ro"], "env_vars": ["APP_*"], "shell": false },
          "resources": { "max_fuel": 500000000, "memory_mb": 8, "timeout_ms": 1500, "max_concurrency": 2 },
          "credentials": [{ "host": "api.example.com", "header": "Authorization", "secret": "weather", "format": "Bearer {secret}" }],
          "skills": ["skills"]
        }
        """;

    [Fact]
    public async Task Json_GivesTheManifest()
    {
        var manifest = (await Read("clawgrains.plugin.json", Full)).Manifest.ShouldNotBeNull();
        manifest.Id.Value.ShouldBe("com.example.weather");
        manifest.Permissions.Network.ShouldBe(["api.example.com", "*.cdn.example:8443"]);
        (manifest.Limits.Fuel, manifest.Limits.MemoryMegabytes, manifest.Limits.Time, manifest.Limits.Concurrency).ShouldBe((500_000_000, 8, TimeSpan.FromSeconds(1.5), 2));
        manifest.Permissions.Credentials.ShouldHaveSingleItem().Format.ShouldBe("Bearer {secret}");
    }

    [Fact]
    public async Task Yaml_GivesTheSameAsJson()
    {
        var yaml = await Read("clawgrains.plugin.yaml", "id: a.b\nname: AB\nversion: 1.0.0\npermissions:\n  network:\n    - api.example.com\n");
        var json = await Read("clawgrains.plugin.json", """{"id":"a.b","name":"AB","version":"1.0.0","permissions":{"network":["api.example.com"]}}""");
        yaml.Manifest!.Permissions.Network.ShouldBe(json.Manifest!.Permissions.Network);
        (yaml.Manifest.Id, yaml.Manifest.Version).ShouldBe((json.Manifest.Id, json.Manifest.Version));
    }

    [Theory]
    [InlineData("{\n  \"id\": \"a\",\n  \"name\": \"A\",\n  \"version\": 1\n}", "p.json:4:14: error: version: must be text")]
    [InlineData("{\n  \"id\": \"a\",\n  \"name\": \"A\"\n}", "p.json:1:1: error: version: is required")]
    [InlineData("{\n  \"id\": \"a\"\n  \"name\": 1 }", "p.json:3:3: error: not JSON")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}", "p.json:1:11: error: 'id' is there twice")]
    [InlineData("{\"id\":\"a\",\"name\":\"A\",\"version\":\"1.0.0\",\n\"permissions\":{\"network\":[\"ok.example\",\"https://x/\"]}}", "p.json:2:40: error: permissions.network: 'https://x/'")]
    [InlineData("{\"id\":\"a\",\"name\":\"A\",\"version\":\"1.0.0\",\n\"capabilities\":[\"fly\"]}", "p.json:2:17: error: capabilities[0]: 'fly' is not one of")]
    [InlineData("{\"id\":\"a\",\"name\":\"A\",\"version\":\"1.0.0\",\n\"component\":\"../x.wasm\"}", "p.json:2:13: error: component")]
    public async Task Error_SaysFileLineColumnAndField(string json, string message) =>
        (await Read("p.json", json)).Error.ShouldNotBeNull().Message.ShouldStartWith(message);

    [Theory]
    [InlineData("id: a\nname: A\nversion: 1.0.0\nskills: x\n", "p.yaml:4:9: error: skills: must be a list")]
    [InlineData("id: a\nname: &x A\nversion: *x\n", "p.yaml:3:10: error: tags and aliases")]
    [InlineData("id: [a\n", "p.yaml:")]
    public async Task YamlError_SaysFileLineAndColumn(string yaml, string message) =>
        (await Read("p.yaml", yaml)).Error.ShouldNotBeNull().Message.ShouldStartWith(message);

    [Fact]
    public async Task UnknownField_IsAWarning()
    {
        var result = await Read("p.json", "{\"id\":\"a\",\"name\":\"A\",\"version\":\"1.0.0\",\n \"permissions\":{\"bluetooth\":[]}}");
        result.Manifest.ShouldNotBeNull();
        result.Diagnostics.ShouldHaveSingleItem().ToString().ShouldStartWith("p.json:2:17: warning: permissions.bluetooth");
    }

    [Theory]
    [InlineData("clawft:plugin@0.1.0", null)]
    [InlineData("clawft:plugin@0.0.9", null)]
    [InlineData("clawft:plugin@1.0.0", "another major version")]
    [InlineData("clawft:plugin@0.2.0", "later than")]
    [InlineData("zeroclaw:tools@1.0.0", null)]
    [InlineData("zeroclaw:tools@2.0.0", "another major version")]
    [InlineData("other:thing@1.0.0", "does not know")]
    public async Task WitPackage_IsHeldAgainstWhatTheHostSpeaks(string package, string? why)
    {
        var result = await Read("p.json", $$"""{"id":"a","name":"A","version":"1.0.0","wit_package":"{{package}}"}""");
        (result.Error?.Kind).ShouldBe(why is null ? null : PluginErrorKind.Incompatible);
        if (why is not null) result.Error!.Message.ShouldContain(why);
    }

    [Fact]
    public async Task ClawftManifest_IsRead()
    {
        var manifest = (await Read("clawft.plugin.json", """{"id":"com.x","name":"X","version":"0.1.0","capabilities":["tool"],"wasm_module":"x.wasm","tools":["lint"],"resources":{"max_execution_seconds":15}}""")).Manifest!;
        (manifest.Component, manifest.Limits.Time).ShouldBe(("x.wasm", TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task ZeroClawManifest_IsRead_AndNamesOfPermissionsGrantNothing()
    {
        var result = await Read("zeroclaw.plugin.json", """{"id":"demo","version":"1.0.0","module_path":"plugins/demo.wasm","wit_packages":["zeroclaw:tools@1.0.0"],"tools":[{"name":"t","description":"d"}],"permissions":["http_client"]}""");
        (result.Manifest!.Name, result.Manifest.Component).ShouldBe(("demo", "plugins/demo.wasm"));
        result.Manifest.Permissions.Network.ShouldBeEmpty();
        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("nothing is permitted");
    }

    private static async Task<ManifestResult> Read(string file, string text) => (await ManifestReader.CreateAsync()).Read(file, Encoding.UTF8.GetBytes(text));
}
