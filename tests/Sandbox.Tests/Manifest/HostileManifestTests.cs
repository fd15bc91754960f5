using System.Text;
using ClawGrains.Sandbox.Manifest;

namespace ClawGrains.Sandbox.Tests.Manifest;

/// <summary>Manifests made to break the reader: each ends in an error with a place, and never in an exception.</summary>
public sealed class HostileManifestTests
{
    private const string Rest = "\"name\":\"A\",\"version\":\"1.0.0\"";

    public static TheoryData<string, string> Texts() => new()
    {
        { "p.json", new string('[', 100_000) },
        { "p.yaml", new string('[', 10_000) },
        { "p.toml", "a = " + new string('[', 10_000) },
        { "p.toml", string.Join('.', Enumerable.Repeat("a", 10_000)) + " = 1" },
        { "p.json", "" },
        { "p.yaml", "" },
        { "p.toml", "" },
        { "p.json", "null" },
        { "p.yaml", "- a\n- b" },
        { "p.yaml", "a: &a [x]\nb: *a" },
        { "p.yaml", "id: !!binary aGk=" },
        { "p.yaml", "--- a\n--- b" },
        { "p.yaml", "\tid: a" },
        { "p.json", "{\"id\":\"\\ud800\"," + Rest + "}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"resources\":{\"max_fuel\":1e999}}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"resources\":{\"max_fuel\":-1}}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"resources\":{\"max_memory_mb\":99999999999999999999}}" },
        { "p.json", "{\"id\":\"../../etc\"," + Rest + "}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"component\":\"/etc/passwd\"}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"skills\":[\"../x\"]}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"permissions\":{\"filesystem\":[\"../x\"]}}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"permissions\":{\"network\":[\"a b\"]}}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"permissions\":{\"env_vars\":[\"A=B\"]}}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"credentials\":[{\"host\":\"x.example\",\"header\":\"Host\",\"secret\":\"s\"}]}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"credentials\":[{\"host\":\"x.example\",\"header\":\"X-A\",\"secret\":\"s\",\"format\":\"{secret}\\r\\nX-Evil: 1\"}]}" },
        { "p.json", "{\"id\":\"a\"," + Rest + ",\"credentials\":[{}]}" },
        { "p.json", "{\"id\":\"" + new string('a', 300_000) + "\"}" },
        { "p.json", "{\"id\":\"a\\u0000b\"," + Rest + "}" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_EndsInAnErrorWithItsPlace(string file, string text)
    {
        var result = (await ManifestReader.CreateAsync()).Read(file, Encoding.UTF8.GetBytes(text));
        result.Manifest.ShouldBeNull();
        result.Error.ShouldNotBeNull().Message.ShouldMatch(@"^p\.(json|yaml|toml):\d+:\d+: error: ");
    }

    [Fact]
    public async Task BytesThatAreNoText_EndInAnError()
    {
        var reader = await ManifestReader.CreateAsync();
        var random = new Random(1);
        foreach (var file in (string[])["p.json", "p.yaml", "p.toml"])
        {
            for (var i = 0; i < 300; i++)
            {
                var bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
                reader.Read(file, bytes).Manifest.ShouldBeNull();
            }
        }
    }

    [Fact]
    public async Task GoodManifestWithBytesChanged_NeverThrows()
    {
        var reader = await ManifestReader.CreateAsync();
        var good = Encoding.UTF8.GetBytes("id = \"demo\"\nversion = \"1.0.0\"\nname = '''x'''\ntools = [{name = \"a\"}]\n[permissions]\nnetwork = [\"a.example\"]\n");
        var random = new Random(2);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = good.ToArray();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            reader.Read("p.toml", bytes).Diagnostics.ShouldAllBe(d => d.Line > 0 && d.Column > 0);
        }
    }
}
