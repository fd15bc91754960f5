using System.CommandLine;
using ClawGrains.Client.Hosting;

namespace ClawGrains.Client.Commands;

/// <summary>The options that every command takes.</summary>
internal static class CommonOptions
{
    private static readonly Option<string?> _data = new("--data")
    {
        Description = "The directory that holds state, managed skills and the token [default: $CLAWGRAINS_HOME, else ~/.clawgrains]",
        HelpName = "DIR", Recursive = true,
    };

    private static readonly Option<string?> _workspace = new("--workspace")
    {
        Description = "The workspace whose skills are served [default: $CLAWGRAINS_WORKSPACE, else the current directory]",
        HelpName = "DIR", Recursive = true,
    };

    private static readonly Option<bool> _json = new("--json") { Description = "Print JSON", Recursive = true };

    /// <summary>Of commands that run a host.</summary>
    public static Option<bool> EnablePlugins { get; } = new("--enable-plugins")
    {
        Description = "Turn plugins on for this run, whatever the settings say",
    };

    public static void AddTo(RootCommand root)
    {
        root.Add(_data);
        root.Add(_workspace);
        root.Add(_json);
    }

    public static HostPaths Paths(ParseResult call) => HostPaths.Resolve(call.GetValue(_data), call.GetValue(_workspace));

    public static bool WantsJson(ParseResult call) => call.GetValue(_json);
}
