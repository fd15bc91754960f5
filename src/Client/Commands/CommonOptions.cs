using System.CommandLine;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Hosting;
using ClawGrains.Contracts;

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

    /// <summary>Of commands about what each tenant has for itself.</summary>
    public static Option<string?> Tenant { get; } = TenantOption("The tenant [default: default]", recursive: true);

    /// <summary>An option that names a tenant.</summary>
    public static Option<string?> TenantOption(string description, bool recursive = false) => new("--tenant")
    {
        Description = description, HelpName = "TENANT", Recursive = recursive,
        Validators =
        {
            v =>
            {
                if (v.Tokens is [var text] && !TenantId.TryParse(text.Value, out _)) v.AddError($"--tenant {text.Value}: use 1 to 63 of a-z, 0-9 and '-', not at the ends.");
            },
        },
    };

    public static void AddTo(RootCommand root)
    {
        root.Add(_data);
        root.Add(_workspace);
        root.Add(_json);
    }

    public static HostPaths Paths(ParseResult call) => HostPaths.Resolve(call.GetValue(_data), call.GetValue(_workspace));

    public static TenantId TenantOf(ParseResult call) => call.GetValue(Tenant) is { } tenant ? TenantId.Parse(tenant) : TenantId.Default;

    /// <summary>The host that a command speaks to, as its tenant.</summary>
    public static Task<IHostConnection> OpenAsync(ParseResult call, CancellationToken cancellationToken, bool enablePlugins = false) =>
        HostConnections.OpenAsync(Paths(call), TenantOf(call), cancellationToken, enablePlugins);

    public static bool WantsJson(ParseResult call) => call.GetValue(_json);
}
