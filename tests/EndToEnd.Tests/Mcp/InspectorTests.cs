using ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

namespace ClawGrains.EndToEnd.Tests.Mcp;

/// <summary>The MCP Inspector's command line against the product, unmodified, over both transports.</summary>
public sealed class InspectorTests
{
    [ProgramFact("npm", "node")]
    public async Task Inspector_OverHttp_ListsAndCalls()
    {
        await using var server = await FixtureServer.StartAsync(new FixtureSource(), new FixtureSkills());
        foreach (var era in new[] { "legacy", "modern" })
        {
            Task<string> Ask(params string[] args) => AskAsync(["--server-url", server.Url, "--transport", "http", "--protocol-era", era, .. args]);
            (await Ask("--method", "tools/list")).ShouldContain("test_simple_text");
            (await Ask("--method", "prompts/list")).ShouldContain("test_simple_prompt");
            (await Ask("--method", "resources/list")).ShouldContain("test://static-text");
            (await Ask("--method", "tools/call", "--tool-name", "test_simple_text")).ShouldContain("This is a simple text response");
            (await Ask("--method", "skills/list", "--verify")).ShouldContain("skill://git-workflow/SKILL.md");
        }
    }

    [ProgramFact("npm", "node")]
    public async Task Inspector_OverStdio_ListsAndCalls()
    {
        var home = Directory.CreateTempSubdirectory("claw-inspector-").FullName;
        try
        {
            var skill = Directory.CreateDirectory(Path.Combine(home, "work", "skills", "greet")).FullName;
            await File.WriteAllTextAsync(Path.Combine(skill, "SKILL.md"), "---\nname: greet\ndescription: Greets someone\n---\nSay hello to $ARGUMENTS.\n");
            Task<string> Ask(params string[] args) => AskAsync(
            [
                .. args, "-e", $"CLAWGRAINS_HOME={Path.Combine(home, "data")}", "-e", $"CLAWGRAINS_WORKSPACE={Path.Combine(home, "work")}",
                "--", "dotnet", Path.Combine(AppContext.BaseDirectory, "claw.dll"), "mcp",
            ]);
            (await Ask("--method", "tools/list")).ShouldContain("Skill instructions: Greets someone");
            (await Ask("--method", "tools/call", "--tool-name", "greet", "--tool-arg", "arguments=Ada")).ShouldContain("Say hello to Ada.");
            (await Ask("--method", "resources/read", "--uri", "skill://greet/SKILL.md")).ShouldContain("description: Greets someone");
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static async Task<string> AskAsync(params string[] args)
    {
        var (code, output) = await NpmTools.InspectorAsync(["--quiet", "--format", "json", .. args]);
        code.ShouldBe(0, output);
        return output;
    }
}
