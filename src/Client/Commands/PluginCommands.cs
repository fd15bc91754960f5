using System.CommandLine;
using ClawGrains.Client.Connection;

namespace ClawGrains.Client.Commands;

/// <summary><c>claw plugin …</c></summary>
internal static class PluginCommands
{
    private static readonly Option<bool> _enable = new("--enable-plugins") { Description = "Turn plugins on for this run, whatever the settings say", Recursive = true };

    public static Command Create()
    {
        var command = new Command("plugin", "Install, approve, run and remove sandboxed plugins")
        {
            CommonOptions.Tenant, _enable,
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
        await using var host = await CommonOptions.OpenAsync(call, cancellationToken, call.GetValue(_enable));
        return await work(host.Plugins(CommonOptions.TenantOf(call)));
    }
}
