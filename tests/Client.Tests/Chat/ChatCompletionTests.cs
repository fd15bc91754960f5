using ClawGrains.Client.Chat;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Tests.Chat;

public sealed class ChatCompletionTests
{
    private readonly ChatCompletion _completion = new();

    public ChatCompletionTests() => _completion.Learn(
        new() { Commands = [Command("help", "built-in"), Command("skill", "built-in"), Command("my_skill", "skill my-skill")] },
        new() { Number = 1, Enabled = true, Plugins = [new() { Id = "words", State = "enabled", Tools = [new() { Name = "word-count", Description = "", InputSchema = "{}" }] }] });

    [Theory]
    [InlineData("", "/", "/clear /exit /help /my_skill /quit /skill")]
    [InlineData("", "/S", "/skill")]
    [InlineData("/skill ", "my", "my-skill")]
    [InlineData("/call ", "", "word-count")]
    [InlineData("/help ", "s", "skill")]
    public void Word_OfAKnownKind_IsCompleted(string prefix, string word, string found) =>
        _completion.GetCompletions(prefix, word, "")!.ShouldBe(found.Split(' '));

    [Theory]
    [InlineData("", "hello")]
    [InlineData("/skill my-skill ", "m")]
    [InlineData("/status ", "")]
    public void Word_OfNoKind_IsLeft(string prefix, string word) => _completion.GetCompletions(prefix, word, "").ShouldBeNull();

    private static SlashCommandInfo Command(string name, string source) => new() { Name = name, Description = "", Source = source };
}
