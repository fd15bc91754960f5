using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Installing;
using ClawGrains.Client.Output;
using ClawGrains.Skills.Sources;

namespace ClawGrains.Client.Commands;

internal static class SkillSearchCommand
{
    public static Command Create()
    {
        var query = new Argument<string[]>("QUERY") { Description = "Words to search for", Arity = ArgumentArity.OneOrMore };
        var limit = new Option<int>("--limit") { Description = "The most hits", HelpName = "N", DefaultValueFactory = _ => 25 };
        limit.Validators.Add(r =>
        {
            if (r.Tokens is [var token] && int.TryParse(token.Value, out var number) && number is < 1 or > 200) r.AddError($"--limit {token.Value}: give 1 to 200.");
        });
        var sources = new SourceChoices();
        var command = new Command("search", "Search ClawHub") { query, limit };
        sources.AddTo(command, fetches: false);
        command.SetAction(async (call, cancellationToken) =>
        {
            var installer = new SkillInstaller(sources.Of(call, CommonOptions.Paths(call)));
            var words = string.Join(' ', call.GetRequiredValue(query));
            var hits = await Progress.RunAsync("Searching", () => installer.SearchAsync(words, call.GetValue(limit), cancellationToken));
            if (CommonOptions.WantsJson(call)) Terminal.Json([.. hits], ClientJson.Default.ClawHubSkillArray);
            else Write(hits);
            return CommandLine.Done;
        });
        return command;
    }

    private static void Write(IReadOnlyList<ClawHubSkill> hits)
    {
        if (hits.Count == 0)
        {
            Console.WriteLine("Nothing was found.");
            return;
        }
        var table = new Table("SLUG", "VERSION", "OWNER", "SUMMARY");
        foreach (var hit in hits) table.Add(hit.Slug, hit.Version ?? "", hit.Owner ?? "", hit.Summary);
        table.Write(Console.Out);
        Console.WriteLine("Install one with `claw skill install SLUG`.");
    }
}
