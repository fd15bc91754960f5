using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClawGrains.EndToEnd.Tests.Command;

/// <summary><c>claw chat</c> in a pipe, by words, at a terminal, and through a running host.</summary>
public sealed class ChatTests : IDisposable
{
    private readonly Claw _claw = new();

    public ChatTests() => _claw.Home.WriteSkill("work/skills/weather", "weather", body: "Look up $ARGUMENTS.");

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task Lines_OfAPipe_AreRunInTurn()
    {
        var run = await _claw.RunWithInputAsync("/weather Paris\n\n/status\n/quit\n/weather never\n", "chat");
        run.ShouldSucceed();
        run.Output.ShouldStartWith("Look up Paris.\nTenant default: ");
        run.Output.ShouldNotContain("never");
        run.Error.ShouldContain("instructions for a model");
    }

    [Fact]
    public async Task Words_AreOneLine()
    {
        var run = await _claw.RunAsync("chat", "/weather", "New", "York", "--json");
        run.ShouldSucceed();
        var reply = JsonDocument.Parse(run.Output).RootElement;
        (reply.GetProperty("text").GetString(), reply.GetProperty("isForModel").GetBoolean()).ShouldBe(("Look up New York.", true));
    }

    [Fact]
    public async Task Line_ThatFails_IsSaid_TheNextIsRun_AndTheExitCodeTells()
    {
        var run = await _claw.RunWithInputAsync("/nope\nhello\n/weather Paris\n", "chat");
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("claw: There is no command /nope. Type /help for the commands there are.");
        run.Error.ShouldContain("claw: A message needs a model to answer it");
        run.Output.ShouldBe("Look up Paris.\n");
    }

    [Fact]
    public async Task RunningHost_RunsTheLines_AndHasThemOverItsApi()
    {
        await using var host = (await _claw.ServeAsync()).WithToken(_claw.Data);
        (await _claw.RunAsync("chat", "/weather", "Oslo")).Output.ShouldBe("Look up Oslo.\n");
        (await host.Http.GetFromJsonAsync<JsonElement>("/api/v1/commands")).GetProperty("commands").EnumerateArray()
            .Select(c => $"{c.GetProperty("name")} of {c.GetProperty("source")}").ShouldContain("weather of skill weather");
        var reply = await host.Http.PostAsJsonAsync("/api/v1/commands", new { line = "/weather Rome" });
        (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("text").GetString().ShouldBe("Look up Rome.");
        ((int)(await host.Http.PostAsJsonAsync("/api/v1/commands", new { line = "/nope" })).StatusCode).ShouldBe(404);
        ((int)(await host.Http.PostAsJsonAsync("/api/v1/commands", new { })).StatusCode).ShouldBe(400);
    }

    [ProgramFact("script")]
    public async Task Terminal_CompletesAndRemembers()
    {
        (await TypeAsync("/wea\t Oslo\r", "/quit\r")).ShouldContain("Look up Oslo.");
        // Up twice, over the /quit.
        var again = await TypeAsync("\e[A\e[A\r", "\u0004");
        again.ShouldContain("Look up Oslo.");
        File.ReadAllLines(Path.Combine(_claw.Data, "chat-history")).ShouldBe(["/weather Oslo", "/quit", "/weather Oslo"]);
    }

    /// <summary>Types at a terminal, each part when the prompt is there, and gives what the terminal showed.</summary>
    private async Task<string> TypeAsync(params string[] parts)
    {
        var start = new ProcessStartInfo("script") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = _claw.Workspace };
        foreach (var word in new[] { "-q", "-e", "-c", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "claw.dll")}' chat", "/dev/null" }) start.ArgumentList.Add(word);
        (start.Environment["CLAWGRAINS_HOME"], start.Environment["TERM"]) = (_claw.Data, "xterm");
        start.Environment.Remove("CLAWGRAINS_WORKSPACE");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var screen = new Screen(process.StandardOutput);
        foreach (var part in parts)
        {
            await screen.WhenPromptAsync(limit.Token);
            await process.StandardInput.WriteAsync(part.AsMemory(), limit.Token);
            await process.StandardInput.FlushAsync(limit.Token);
        }
        await screen.WhenEndedAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, screen.Text);
        return screen.Text;
    }

    /// <summary>What a terminal shows.</summary>
    private sealed class Screen(StreamReader output)
    {
        private readonly char[] _buffer = new char[4096];
        private int _seen;

        public string Text { get; private set; } = "";

        /// <summary>Waits for a prompt with nothing behind it yet, where there was none before.</summary>
        public async Task WhenPromptAsync(CancellationToken cancellationToken)
        {
            while (!IsPrompt(Text[_seen..])) if (!await ReadAsync(cancellationToken)) throw new InvalidOperationException($"It ended: {Text}");
            _seen = Text.Length;
        }

        public async Task WhenEndedAsync(CancellationToken cancellationToken)
        {
            while (await ReadAsync(cancellationToken)) { }
        }

        private static bool IsPrompt(string text) => text.LastIndexOf('>') is >= 0 and var at && string.IsNullOrWhiteSpace(WithoutSequences(text[(at + 1)..]));

        private static string WithoutSequences(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\e\\[[0-9;?]*[A-Za-z]", "");

        private async Task<bool> ReadAsync(CancellationToken cancellationToken)
        {
            var read = await output.ReadAsync(_buffer, cancellationToken);
            Text += new string(_buffer, 0, read);
            return read > 0;
        }
    }
}
