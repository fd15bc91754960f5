using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

/// <summary>Words for plugins on the terminal.</summary>
internal static class PluginText
{
    public const string HowToEnable = "Plugins are turned off. Turn them on with `claw config set plugins.enabled true`, or for one run with `--enable-plugins`.";

    public static string Version(PluginInfo plugin) => (plugin.Active, plugin.Candidate) switch
    {
        ({ } a, { } c) => $"{a.Version} ({c.Version} waits)",
        ({ } a, null) => a.Version,
        (null, { } c) => c.Version,
        _ => "-",
    };

    public static string State(PluginInfo plugin) => plugin.Problem is not null ? "broken" : plugin.Pinned ? $"{plugin.State}, pinned" : plugin.State;

    /// <summary>What a person should know after a step.</summary>
    public static void Write(string what, PluginReply reply)
    {
        foreach (var remark in reply.Remarks) Console.Error.WriteLine(Terminal.Plain(remark));
        if (reply.Plugin is not { } plugin)
        {
            Console.WriteLine(what);
            return;
        }
        Console.WriteLine($"{what} {Terminal.Plain(plugin.Id)} {Version(plugin)}: {State(plugin)}");
        if (plugin.State == "enabled" && !plugin.Tools.IsEmpty) Console.WriteLine($"  tools: {string.Join(", ", plugin.Tools.Select(t => Terminal.Plain(t.Name)))}");
        if (plugin.Problem is { } problem) Terminal.Warn(Terminal.Plain(problem));
        WriteQuestion(plugin);
    }

    /// <summary>What the waiting version asks for, and how to answer.</summary>
    public static void WriteQuestion(PluginInfo plugin)
    {
        if (plugin.Candidate is not { } candidate) return;
        Console.WriteLine($"{Terminal.Yellow("Waits for approval:")} version {candidate.Version} asks for{(plugin.Active is null ? "" : " these further things")}");
        foreach (var line in plugin.AsksFor) Console.WriteLine($"  {Terminal.Plain(line)}");
        if (plugin.Active is { } active) Console.WriteLine($"Version {active.Version} keeps serving until then.");
        Console.WriteLine($"Approve with `claw plugin approve {plugin.Id}`, turn down with `claw plugin reject {plugin.Id}`.");
    }
}
