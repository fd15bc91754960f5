using System.Text.Json;
using ClawGrains.Contracts;
using ClawGrains.Grains.Tests.Plugins;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Tests.Commands;

public sealed class CommandGrainTests : IAsyncLifetime
{
    private PluginCluster _cluster = null!;

    private ICommandGrain Commands => _cluster.Grains.GetGrain<ICommandGrain>("default");

    public async Task InitializeAsync() => _cluster = await PluginCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task List_NamesBuiltInsAndSkillsWithTheirSource()
    {
        Write("city-weather");
        var commands = (await Commands.ListAsync()).Commands;
        commands.Select(c => c.Name).ShouldBe(["approvals", "approve", "call", "city_weather", "help", "reject", "reload", "skill", "skills", "status", "tools"]);
        commands.Single(c => c.Name == "city_weather").ShouldBe(new() { Name = "city_weather", Description = "A skill of a test.", Source = "skill city-weather" });
        commands.Where(c => c.Source != "built-in").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Skill_ByItsCommand_GivesItsInstructionsForAModel()
    {
        Write("weather", "Look up $ARGUMENTS.");
        var reply = await RunAsync("/Weather  New York ");
        (reply.Text, reply.IsForModel, reply.IsError).ShouldBe(("Look up New York.", true, false));
        (await RunAsync("/skill weather Paris")).Text.ShouldBe("Look up Paris.");
    }

    [Fact]
    public async Task Skill_ThatChanged_IsTheNewOneWithTheNextLine()
    {
        Write("weather", "Old.");
        (await RunAsync("/weather")).Text.ShouldBe("Old.");
        Write("weather", "New.");
        Write("tides", "Rising.");
        (await RunAsync("/reload")).Text.ShouldBe("Snapshot 2, 2 skills: added tides; changed weather.");
        (await RunAsync("/weather")).Text.ShouldBe("New.");
        (await RunAsync("/tides")).Text.ShouldBe("Rising.");
    }

    [Fact]
    public async Task Skill_WithADispatchedTool_CallsItWithTheArgumentsAsTyped()
    {
        Write("say", more: "command-dispatch: tool\ncommand-tool: echo\n");
        (await _cluster.Registry().InstallAsync(PluginCluster.Sample)).Failure.ShouldBeNull();
        var reply = await RunAsync("/say \"it\"  as it is");
        (reply.IsForModel, reply.IsError).ShouldBe((false, false));
        JsonSerializer.Deserialize<Dictionary<string, string>>(reply.Text).ShouldBe(new Dictionary<string, string>
        {
            ["command"] = "\"it\"  as it is", ["commandName"] = "say", ["skillName"] = "say",
        });
    }

    [Fact]
    public async Task Skill_WithADispatchedToolThatIsNot_SaysSo()
    {
        Write("say", more: "command-dispatch: tool\ncommand-tool: shout\n");
        await ShouldRefuseAsync("/say it", PluginErrorKind.NotFound, "There is no tool 'shout'. /tools lists them.");
    }

    [Fact]
    public async Task Skills_OfTheSameCommand_AreBothThere_AndTheCollisionNamesBoth()
    {
        Write("my-skill", "One.");
        Write("my_skill", "Two.");
        Write("help", "Three.");
        (await Commands.ListAsync()).Collisions.ShouldBe([
            "The command /help of skill help is already taken by built-in: it is /help_2 until one of them is renamed.",
            "The command /my_skill of skill my_skill is already taken by skill my-skill: it is /my_skill_2 until one of them is renamed."]);
        foreach (var (line, text) in new[] { ("/my_skill", "One."), ("/my_skill_2", "Two."), ("/help_2", "Three.") }) (await RunAsync(line)).Text.ShouldBe(text);
    }

    [Fact]
    public async Task Skill_ThatPeopleMayNotCall_IsNoCommand_AndSaysWhyByName()
    {
        Write("inner", more: "user-invocable: false\n");
        await ShouldRefuseAsync("/inner", PluginErrorKind.NotFound, "There is no command /inner. Type /help for the commands there are.");
        await ShouldRefuseAsync("/skill inner", PluginErrorKind.PermissionDenied, "People can't call the skill 'inner': its user-invocable is false.");
    }

    [Fact]
    public async Task Skill_ThatLacksSomething_IsNoCommand_AndSaysSoByName()
    {
        Write("needy", more: "metadata: {\"openclaw\":{\"requires\":{\"bins\":[\"no-such-program-anywhere\"]}}}\n");
        await ShouldRefuseAsync("/skill needy", PluginErrorKind.Incompatible, "The skill 'needy' can't be used here; `claw skill why needy` says what is missing.");
        (await RunAsync("/skills")).Text.ShouldBe("needy (not usable here): A skill of a test.");
    }

    [Theory]
    [InlineData("hello", PluginErrorKind.InvalidArguments, "That is no command")]
    [InlineData("/nope", PluginErrorKind.NotFound, "There is no command /nope")]
    [InlineData("/skill", PluginErrorKind.InvalidArguments, "Name a skill")]
    [InlineData("/skill nope", PluginErrorKind.NotFound, "There is no skill 'nope'")]
    [InlineData("/call", PluginErrorKind.InvalidArguments, "Name a tool")]
    [InlineData("/call nope", PluginErrorKind.NotFound, "There is no tool 'nope'")]
    [InlineData("/call echo {", PluginErrorKind.InvalidArguments, "The arguments are not JSON")]
    [InlineData("/call echo [1]", PluginErrorKind.InvalidArguments, "must be a JSON object")]
    [InlineData("/approve", PluginErrorKind.InvalidArguments, "Name what is decided")]
    [InlineData("/approve nope", PluginErrorKind.NotFound, "nope")]
    [InlineData("/help nope", PluginErrorKind.NotFound, "There is no command /nope")]
    public Task Line_ThatCanNotBeRun_SaysWhy(string line, PluginErrorKind kind, string why) => ShouldRefuseAsync(line, kind, why);

    [Fact]
    public async Task Tools_AreListedAndCalled()
    {
        (await RunAsync("/tools")).Text.ShouldBe("No plugin that runs has a tool.");
        (await _cluster.Registry().InstallAsync(PluginCluster.Sample)).Failure.ShouldBeNull();
        (await RunAsync("/tools")).Text.Split('\n').ShouldBe(["word-count of text-tools: Counts the words of a text.", "echo of text-tools: Gives its parameters back."]);
        (await RunAsync("/call word-count {\"text\":\"a b\"}")).Text.ShouldBe("""{"words":2}""");
        (await RunAsync("/status")).Text.ShouldEndWith("1 plugins run, with 2 tools.");
    }

    [Fact]
    public async Task Tool_ThatAnswersWithAnError_IsAnErrorOfTheReply()
    {
        (await _cluster.Registry().InstallAsync(new PluginInstall
        {
            Files = PluginCluster.Files(
                ("clawgrains.plugin.json", """{"id":"caller","name":"caller","version":"1.0.0","permissions":{"tools":["*"],"state":true}}"""u8.ToArray()),
                ("plugin.wasm", PluginCluster.Guest("composer"))),
            Approve = true,
        })).Failure.ShouldBeNull();
        var reply = await RunAsync("""/call pass {"tool":"nothing","arguments":"{}"}""");
        (reply.IsError, reply.Text).ShouldBe((true, "1: there is no tool 'nothing'"));
    }

    [Fact]
    public async Task Approvals_AreListedAndDecidedByOperatorsAlone()
    {
        (await RunAsync("/approvals")).Text.ShouldBe("Nothing waits for a decision.");
        await _cluster.Registry().InstallAsync(PluginCluster.Probe(permissions: """{"network":["example.com"]}"""));
        (await RunAsync("/approvals")).Text.ShouldContain("plugin probe: ");
        await ShouldRefuseAsync("/approve probe", PluginErrorKind.PermissionDenied, "/approve is for operators alone", isOperator: false);
        (await RunAsync("/approve probe it is mine")).Text.ShouldStartWith("Approved plugin probe (");
        var decided = (await _cluster.Grains.GetGrain<IApprovalGrain>("default").ListAsync(decided: true)).ShouldHaveSingleItem();
        (decided.DecidedBy, decided.Reason).ShouldBe(("test:ada", "it is mine"));
    }

    [Fact]
    public async Task Commands_OfOneTenant_AreNotAnothers()
    {
        Write("weather");
        (await _cluster.Grains.GetGrain<ICommandGrain>("acme").ListAsync()).Commands.ShouldAllBe(c => c.Source == "built-in");
    }

    private Task<SlashCommandReply> RunAsync(string line, bool isOperator = true) =>
        Commands.RunAsync(new SlashCommandCall { Line = line, By = "test:ada", IsOperator = isOperator });

    private async Task ShouldRefuseAsync(string line, PluginErrorKind kind, string why, bool isOperator = true)
    {
        var error = (await Should.ThrowAsync<PluginException>(() => RunAsync(line, isOperator))).Error;
        error.Kind.ShouldBe(kind, error.Message);
        error.Message.ShouldContain(why);
    }

    private void Write(string name, string body = "Do it.", string more = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_cluster.Workspace, "skills", name));
        File.WriteAllText(Path.Combine(folder.FullName, "SKILL.md"), $"---\nname: {name}\ndescription: A skill of a test.\n{more}---\n{body}\n");
    }
}
