using ClawGrains.Interfaces;
using RadLine;

namespace ClawGrains.Client.Chat;

/// <summary>Completes names of commands, and after some of them what they are about.</summary>
internal sealed class ChatCompletion : ITextCompletion
{
    private const string SkillSource = "skill ";

    private string[] _commands = [], _skills = [], _tools = [];

    /// <summary>Takes what there is now.</summary>
    public void Learn(SlashCommandTable table, PluginListing plugins)
    {
        _commands = [.. table.Commands.Select(c => c.Name).Concat(ChatSession.LocalCommands)];
        _skills = [.. table.Commands.Where(c => c.Source.StartsWith(SkillSource, StringComparison.Ordinal)).Select(c => c.Source[SkillSource.Length..])];
        _tools = [.. plugins.Plugins.SelectMany(p => p.Tools.Select(t => t.Name))];
    }

    /// <inheritdoc/>
    public IEnumerable<string>? GetCompletions(string prefix, string word, string suffix)
    {
        var found = Candidates(prefix.Trim()).Where(c => c.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToArray();
        return found.Length == 0 ? null : found;
    }

    private IEnumerable<string> Candidates(string before) => before switch
    {
        "" => _commands.Select(c => "/" + c),
        "/help" => _commands,
        "/skill" => _skills,
        "/call" => _tools,
        _ => [],
    };
}
