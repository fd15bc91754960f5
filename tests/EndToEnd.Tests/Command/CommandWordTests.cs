namespace ClawGrains.EndToEnd.Tests.Command;

/// <summary>Words that many commands take: <c>--tenant</c> keeps tenants apart, with a running host and without; <c>--json</c>; and wrong ones.</summary>
public sealed class CommandWordTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Skill_OfATenant_WaitsIsDecidedListedAndRemovedThere(bool hosted)
    {
        await using var host = hosted ? await _claw.ServeAsync() : null;
        _claw.Home.Write("from/deploy/SKILL.md", "---\nname: deploy\ndescription: Deploys.\nmetadata:\n  openclaw:\n    requires:\n      bins: [sh]\n---\nRun it.\n");
        (await RunAsync("skill", "install", Path.Combine(_claw.Home.Path, "from/deploy"), "--yes", "--tenant", "acme")).ShouldSucceed();
        (await RunAsync("approvals", "list", "--json")).ShouldSucceed().Json.GetArrayLength().ShouldBe(0);
        var waiting = (await RunAsync("approvals", "list", "--tenant", "acme", "--json")).ShouldSucceed().Json.EnumerateArray().ShouldHaveSingleItem();
        var id = waiting.GetProperty("id").GetString()!;
        (await RunAsync("approvals", "show", id)).ShouldFail();
        (await RunAsync("approvals", "show", id, "--tenant", "acme")).ShouldSucceed();
        (await RunAsync("approvals", "approve", id)).ShouldFail();
        (await RunAsync("approvals", "approve", id, "--tenant", "acme")).ShouldSucceed();
        (await NamesAsync("--tenant", "acme")).ShouldContain("deploy");
        (await NamesAsync()).ShouldNotContain("deploy");
        (await RunAsync("skill", "show", "deploy", "--tenant=acme")).ShouldSucceed().Output.ShouldContain("Run it.");
        (await RunAsync("skill", "update", "--all", "--dry-run", "--tenant", "acme")).ShouldSucceed().Output.ShouldContain("deploy: current");
        (await RunAsync("skill", "remove", "deploy")).ShouldFail();
        (await RunAsync("skill", "remove", "deploy", "--tenant", "acme")).ShouldSucceed();
        (await NamesAsync("--tenant", "acme")).ShouldNotContain("deploy");
    }

    [Fact]
    public async Task Tenant_ThatIsNone_IsAnErrorOfTheCall()
    {
        var said = await RunAsync("approvals", "list", "--tenant", "../acme", "--json");
        said.ExitCode.ShouldBe(2);
        (said.Json.GetProperty("code").GetString(), said.Json.GetProperty("message").GetString()!.Contains("--tenant ../acme", StringComparison.Ordinal)).ShouldBe(("usage", true));
    }

    [Theory]
    [InlineData("Unrecognized option '--bogus'", "skill", "show", "--bogus")]
    [InlineData("Unrecognized option '--tol'", "plugin", "run", "x.wasm", "--tol")]
    [InlineData("--limit 0: give a number of 1 or more", "audit", "list", "--limit", "0")]
    [InlineData("Unrecognized command or argument 'instal'", "skill", "instal", "x")]
    [InlineData("'abc' is no number (for --to)", "skill", "rollback", "--to", "abc")]
    [InlineData("'abc' is no number (for rollback)", "skill", "rollback", "abc")]
    [InlineData("Give one of N, --to N and --resume", "skill", "rollback", "3", "--resume")]
    [InlineData("NAME is empty", "skill", "show", "")]
    [InlineData("SOURCE is empty", "skill", "install", "")]
    [InlineData("QUERY is empty", "skill", "search", " ")]
    [InlineData("--output is empty", "audit", "export", "--output", "")]
    public async Task Words_ThatAreOff_AreNamed(string message, params string[] words)
    {
        var said = await RunAsync(words);
        (said.ExitCode, said.Error.Contains(message, StringComparison.Ordinal)).ShouldBe((2, true), said.Error);
    }

    [Fact]
    public async Task SlugWithAnOwner_IsNoFileOfMoreWords()
    {
        var said = await RunAsync("skill", "install", "@owner/slug", "--yes", "--clawhub", "http://127.0.0.1:9/");
        (said.ExitCode, said.Error.Contains("127.0.0.1:9", StringComparison.Ordinal)).ShouldBe((1, true), said.Error);
    }

    [Fact]
    public async Task Json_OfTextWithSigns_EscapesWhatJsonWantsAndNothingElse()
    {
        _claw.Home.Write("work/skills/signs/SKILL.md", "---\nname: signs\ndescription: Grüße & \"Zeichen\", 日本語 <b> `x` 😀\n---\nIt's `code`, <tag> & 'quotes'. \u202Eturned\n");
        var shown = (await RunAsync("skill", "show", "signs", "--json")).ShouldSucceed();
        shown.Output.ShouldContain("Grüße & \\\"Zeichen\\\", 日本語 <b> `x` 😀");
        shown.Output.ShouldContain("It's `code`, <tag> & 'quotes'. \\u202eturned");
        shown.Json.GetProperty("body").GetString()!.ShouldContain('\u202E');
    }

    private Task<ClawResult> RunAsync(params string[] words) => _claw.RunAsync(words);

    private async Task<string?[]> NamesAsync(params string[] more) =>
        [.. (await RunAsync(["skill", "list", "--json", .. more])).ShouldSucceed().Json.GetProperty("skills").EnumerateArray().Select(s => s.GetProperty("name").GetString())];
}
