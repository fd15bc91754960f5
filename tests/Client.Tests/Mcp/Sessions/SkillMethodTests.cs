using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Features;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Tests.Mcp.Sessions;

/// <summary>SEP-2640.</summary>
public sealed class SkillMethodTests
{
    private const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public async Task List_OverPages_HasEveryEntryOnce()
    {
        var source = Source([.. Enumerable.Range(0, 5).Select(i => $"skill-{i}")]);
        await using var session = await PipeSession.OpenAsync(Modern, 2, source);
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await AskAsync(session, "skills/list", new JsonObject { ["cursor"] = cursor });
            names.AddRange(page["skills"]!.AsArray().Select(s => s!["frontmatter"]!["name"]!.GetValue<string>()));
            page["ttlMs"].ShouldNotBeNull();
            page["resultType"]!.GetValue<string>().ShouldBe("complete");
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        names.ShouldBe(["skill-0", "skill-1", "skill-2", "skill-3", "skill-4"]);
    }

    [Fact]
    public async Task Get_HasDigestsAndSizes()
    {
        await using var session = await PipeSession.OpenAsync(Modern, 100, Source("pdf"));
        var result = await AskAsync(session, "skills/get", new JsonObject { ["uri"] = "skill://pdf/SKILL.md" });
        var files = result["skill"]!["resources"]!.AsArray();
        files[0]!["uri"]!.GetValue<string>().ShouldBe("skill://pdf/SKILL.md");
        files[0]!["digest"]!.GetValue<string>().ShouldBe($"sha256:{Hash}");
        files[0]!["size"]!.GetValue<long>().ShouldBe(7);
        result["cacheScope"]!.GetValue<string>().ShouldBe("private");
    }

    [Fact]
    public async Task Get_OnAnOlderRevision_HasNoMembersOfTheNewerOne()
    {
        await using var session = await PipeSession.OpenAsync(new McpClientOptions { ProtocolVersion = "2025-11-25" }, 100, Source("pdf"));
        var result = await AskAsync(session, "skills/get", new JsonObject { ["uri"] = "skill://pdf/SKILL.md" });
        result.ContainsKey("ttlMs").ShouldBeFalse();
        result.ContainsKey("resultType").ShouldBeFalse();
    }

    [Theory]
    [InlineData("skills/get", "skill://none/SKILL.md")]
    [InlineData("skills/get", null)]
    [InlineData("resources/directory/read", "skill://pdf/SKILL.md")]
    [InlineData("resources/directory/read", "skill://pdf/none")]
    [InlineData("resources/directory/read", "skill://none")]
    [InlineData("resources/directory/read", "test://x")]
    public async Task Uri_OfNoSuchThing_IsInvalidParams(string method, string? uri)
    {
        await using var session = await PipeSession.OpenAsync(Modern, 100, Source("pdf"));
        var error = await Should.ThrowAsync<McpProtocolException>(() => AskAsync(session, method, new JsonObject { ["uri"] = uri }));
        error.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
    }

    [Fact]
    public async Task Directory_HasFilesAndSubdirectories()
    {
        await using var session = await PipeSession.OpenAsync(Modern, 100, Source("pdf"));
        var root = await AskAsync(session, "resources/directory/read", new JsonObject { ["uri"] = "skill://pdf" });
        root["resources"]!.AsArray().Select(r => $"{r!["name"]} {r["mimeType"]}").ShouldBe(["SKILL.md text/markdown", "a b inode/directory"]);
        var below = await AskAsync(session, "resources/directory/read", new JsonObject { ["uri"] = "skill://pdf/a%20b" });
        below["resources"]!.AsArray().Select(r => r!["uri"]!.GetValue<string>()).ShouldBe(["skill://pdf/a%20b/c.txt"]);
    }

    [Fact]
    public async Task Skill_BeyondTheLimits_IsNotListed()
    {
        var source = Source("pdf");
        source.Skills["skill://pdf/SKILL.md"] = Skill("pdf") with
        {
            Files = [.. Enumerable.Range(0, McpSkill.MaxFiles + 1).Select(i => new McpSkillFile($"skill://pdf/{i}", Hash, 1, "text/plain"))],
        };
        await using var session = await PipeSession.OpenAsync(Modern, 100, source);
        (await AskAsync(session, "skills/list", [])) ["skills"]!.AsArray().ShouldBeEmpty();
    }

    private static McpClientOptions Modern => new() { ProtocolVersion = "2026-07-28" };

    private static FakeSource Source(params string[] names)
    {
        var source = new FakeSource();
        foreach (var name in names) source.Skills[$"skill://{name}/SKILL.md"] = Skill(name);
        source.Change(f => f with { SkillUris = [.. names.Select(n => $"skill://{n}/SKILL.md")] });
        return source;
    }

    private static McpSkill Skill(string name) => new()
    {
        Uri = $"skill://{name}/SKILL.md",
        Frontmatter = new JsonObject { ["name"] = name, ["description"] = "d" },
        Files = [new($"skill://{name}/SKILL.md", Hash, 7, "text/markdown"), new($"skill://{name}/a%20b/c.txt", Hash, 1, "text/plain")],
    };

    private static async Task<JsonObject> AskAsync(PipeSession session, string method, JsonObject parameters)
    {
        foreach (var key in parameters.Where(p => p.Value is null).Select(p => p.Key).ToArray()) parameters.Remove(key);
        var response = await session.Client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters });
        return (JsonObject)response.Result!;
    }
}
