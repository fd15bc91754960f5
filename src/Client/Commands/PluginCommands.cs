using System.CommandLine;
using ClawGrains.Client.Connection;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Commands;

/// <summary><c>claw plugin …</c></summary>
internal static class PluginCommands
{
    /// <summary>Whose plugins.</summary>
    public static Option<string?> TenantOption { get; } = new("--tenant")
    {
        Description = "The tenant [default: default]", HelpName = "TENANT", Recursive = true,
        Validators =
        {
            v =>
            {
                if (v.Tokens is [var text] && !TenantId.TryParse(text.Value, out _)) v.AddError($"--tenant {text.Value}: use 1 to 63 of a-z, 0-9 and '-', not at the ends.");
            },
        },
    };

    private static readonly Option<bool> _enable = new("--enable-plugins") { Description = "Turn plugins on for this run, whatever the settings say", Recursive = true };

    public static Command Create()
    {
        var command = new Command("plugin", "Install, approve, run and remove sandboxed plugins")
        {
            TenantOption, _enable,
            PluginListCommand.Create(),
            PluginShowCommand.Create(),
            PluginInstallCommand.Create(),
            PluginInstallCommand.CreateUpgrade(),
            PluginRunCommand.Create(),
            PluginValidateCommand.Create(),
            PluginNewCommand.Create(),
        };
        foreach (var step in PluginStepCommands.CreateAll()) command.Add(step);
        return command;
    }

    /// <summary>Works with the plugins of the running host, or of one in this process.</summary>
    public static async Task<int> WithAsync(ParseResult call, Func<IPluginConnection, Task<int>> work, CancellationToken cancellationToken)
    {
        await using var host = await HostConnections.OpenAsync(CommonOptions.Paths(call), cancellationToken, call.GetValue(_enable));
        return await work(host.Plugins(TenantOf(call)));
    }

    public static TenantId TenantOf(ParseResult call) => call.GetValue(TenantOption) is { } tenant ? TenantId.Parse(tenant) : TenantId.Default;
}
