using ClawGrains.Agent.SlashCommands;

namespace ClawGrains.Agent.Tests.SlashCommands;

public sealed class SlashCommandRegistryTests
{
    private static SlashCommand Command(string name, string source = "built-in") => new()
    {
        Name = name, Description = $"Does {name}", Source = source,
        Run = (arguments, _) => ValueTask.FromResult($"{name}({arguments})"),
    };

    [Fact]
    public async Task Run_KnownCommand_PassesArgumentsAsTyped()
    {
        var registry = SlashCommandRegistry.Empty.With(Command("weather"));
        (await registry.RunAsync("/Weather  New York ", default)).ShouldBe("weather(New York)");
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/ weather")]
    public async Task Run_LineWithoutCommand_IsNull(string line) =>
        (await SlashCommandRegistry.Empty.RunAsync(line, default)).ShouldBeNull();

    [Fact]
    public async Task Run_UnknownCommand_SaysHowToListThem() =>
        (await Should.ThrowAsync<SlashCommandException>(async () => await SlashCommandRegistry.Empty.RunAsync("/nope", default)))
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
        var lines = (await registry.RunAsync("/help", default))!.Split('\n', StringSplitOptions.TrimEntries);
        lines.ShouldBe([
            "/ant    Does ant (built-in)", "/help   List the commands (built-in)", "/zebra  Does zebra (skill zoo)"]);
    }

    [Fact]
    public void With_LeavesTheOldTableAsItWas()
    {
        var before = SlashCommandRegistry.Empty;
        before.With(Command("ant"));
        before.Find("ant").ShouldBeNull();
    }
}
