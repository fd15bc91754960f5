using ClawGrains.Agent.SlashCommands;

namespace ClawGrains.Agent.Tests.SlashCommands;

public sealed class SlashCommandRegistryTests
{
    private static SlashCommand Command(string name, string source = "built-in") => new()
    {
        Name = name, Description = $"Does {name}", Source = source,
        Run = (call, _) => ValueTask.FromResult(new SlashReply($"{name}({call.Arguments})")),
    };

    private static readonly SlashCall Somebody = new("", "test:somebody", IsOperator: false);

    private static async Task<string?> RunAsync(SlashCommandRegistry registry, string line) => (await registry.RunAsync(line, Somebody, default))?.Text;

    [Fact]
    public async Task Run_KnownCommand_PassesArgumentsAsTyped()
    {
        var registry = SlashCommandRegistry.Empty.With(Command("weather"));
        (await RunAsync(registry, "/Weather  New York ")).ShouldBe("weather(New York)");
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/ weather")]
    public async Task Run_LineWithoutCommand_IsNull(string line) =>
        (await RunAsync(SlashCommandRegistry.Empty, line)).ShouldBeNull();

    [Fact]
    public async Task Run_UnknownCommand_SaysHowToListThem() =>
        (await Should.ThrowAsync<SlashCommandException>(async () => await RunAsync(SlashCommandRegistry.Empty, "/nope")))
            .Message.ShouldBe("There is no command /nope. Type /help for the commands there are.");

    [Fact]
    public void With_TakenName_NamesBothOwners()
    {
        var registry = SlashCommandRegistry.Empty.With(Command("weather"));
        var error = Should.Throw<SlashCommandException>(() => registry.With(Command("weather", "skill forecast")));
        error.Message.ShouldContain("/weather of skill forecast");
        error.Message.ShouldContain("taken by built-in");
    }

    [Fact]
    public void With_NameOfHelp_IsACollision() =>
        Should.Throw<SlashCommandException>(() => SlashCommandRegistry.Empty.With(Command("help", "skill x")));

    [Theory]
    [InlineData("")]
    [InlineData("Weather")]
    [InlineData("a b")]
    [InlineData("a23456789012345678901234567890123")]
    public void With_BadName_IsRefused(string name) =>
        Should.Throw<SlashCommandException>(() => SlashCommandRegistry.Empty.With(Command(name)));

    [Fact]
    public async Task Help_ListsEveryCommandWithItsSource()
    {
        var registry = SlashCommandRegistry.Empty.With(Command("zebra", "skill zoo")).With(Command("ant"));
        var lines = (await RunAsync(registry, "/help"))!.Split('\n', StringSplitOptions.TrimEntries);
        lines.ShouldBe([
            "/ant    Does ant (built-in)", "/help   List the commands, or explain one: /help NAME (built-in)", "/zebra  Does zebra (skill zoo)"]);
    }

    [Fact]
    public void With_LeavesTheOldTableAsItWas()
    {
        var before = SlashCommandRegistry.Empty;
        before.With(Command("ant"));
        before.Find("ant").ShouldBeNull();
    }

    [Theory]
    [InlineData("/help zebra")]
    [InlineData("/help /zebra")]
    public async Task Help_OfOne_SaysThatOneAlone(string line)
    {
        var registry = SlashCommandRegistry.Empty.With(Command("zebra", "skill zoo")).With(Command("ant"));
        (await RunAsync(registry, line)).ShouldBe("/zebra  Does zebra (skill zoo)");
    }

    [Fact]
    public async Task Run_ForOperators_IsRefusedToOthers()
    {
        var registry = SlashCommandRegistry.Empty.With(Command("approve") with { IsForOperators = true });
        (await Should.ThrowAsync<SlashCommandException>(async () => await RunAsync(registry, "/approve 1"))).Message.ShouldContain("/approve is for operators alone");
        (await registry.RunAsync("/approve 1", Somebody with { IsOperator = true }, default)).ShouldBe(new SlashReply("approve(1)"));
    }
}
