using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Skills.Sources;

namespace ClawGrains.Client.Installing;

/// <summary>Fetches skills with a progress bar.</summary>
internal static class Fetching
{
    /// <exception cref="CommandException">It can't be had; the message says why.</exception>
    public static async Task<FetchedSkill> FetchAsync(SkillInstaller installer, string source, CancellationToken cancellationToken)
    {
        var result = await DownloadBar.RunAsync(progress => installer.FetchAsync(source, progress, cancellationToken));
        return result.Skill ?? throw new CommandException(Terminal.Plain(result.Error!.Message), result.Error.Code.ToLowerInvariant());
    }
}
