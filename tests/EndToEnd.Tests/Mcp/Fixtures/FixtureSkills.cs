using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Features;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

/// <summary>Two skills, one with files in directories, for the scenarios of SEP-2640.</summary>
internal sealed class FixtureSkills : IMcpFeatureSource
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["skill://git-workflow/SKILL.md"] = "---\nname: git-workflow\ndescription: Conventions for branches\nlicense: Apache-2.0\n---\nBranch first.\n",
        ["skill://git-workflow/references/commits.md"] = "# Commits\n",
        ["skill://notes/SKILL.md"] = "---\nname: notes\ndescription: Takes notes\n---\nWrite it down.\n",
    };

    private readonly McpFeatureSet _features = new()
    {
        Number = 1,
        SkillUris = ["skill://git-workflow/SKILL.md", "skill://notes/SKILL.md"],
        Resources =
        [
            new() { Uri = "skill://git-workflow/SKILL.md", Name = "git-workflow", Description = "Conventions for branches", MimeType = "text/markdown" },
            new() { Uri = "skill://notes/SKILL.md", Name = "notes", Description = "Takes notes", MimeType = "text/markdown" },
        ],
    };

    public string Name => "the fixture's skills";

    public ValueTask<McpFeatureSet> GetAsync(CancellationToken cancellationToken) => new(_features);

    public Task WaitForChangeAsync(long number, CancellationToken cancellationToken) =>
        number < 1 ? Task.CompletedTask : new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    public ValueTask<ReadResourceResult?> ReadResourceAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken) =>
        new(Files.TryGetValue(request.Params.Uri, out var text)
            ? new ReadResourceResult { Contents = [new TextResourceContents { Uri = request.Params.Uri, MimeType = "text/markdown", Text = text }] }
            : null);

    public ValueTask<McpSkill?> GetSkillAsync(string uri, CancellationToken cancellationToken)
    {
        if (_features.Resources.FirstOrDefault(r => r.Uri == uri) is not { } skill) return default;
        var frontmatter = new JsonObject { ["name"] = skill.Name, ["description"] = skill.Description };
        if (skill.Name == "git-workflow") frontmatter["license"] = "Apache-2.0";
        var below = Files.Where(f => f.Key.StartsWith($"skill://{skill.Name}/", StringComparison.Ordinal));
        return new(new McpSkill { Uri = uri, Frontmatter = frontmatter, Files = [.. below.Select(f => Describe(f.Key, f.Value))] });
    }

    public ValueTask<CallToolResult> CallToolAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("BUG: no tool is offered.");

    public ValueTask<GetPromptResult> GetPromptAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("BUG: no prompt is offered.");

    public ValueTask<Completion?> CompleteAsync(CompleteRequestParams request, CancellationToken cancellationToken) => default;

    private static McpSkillFile Describe(string uri, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(uri, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, "text/markdown");
    }
}
