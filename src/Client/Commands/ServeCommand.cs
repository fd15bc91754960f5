using System.CommandLine;
using System.Globalization;
using System.Net;
using ClawGrains.Client.Hosting;

namespace ClawGrains.Client.Commands;

internal static class ServeCommand
{
    private static readonly Option<int> _port = new("--port")
    {
        Description = "The port to listen on; 0 takes a free one", HelpName = "N", DefaultValueFactory = _ => HostOptions.DefaultPort,
    };

    private static readonly Option<string> _address = new("--address")
    {
        Description = "The address to listen on", HelpName = "IP", DefaultValueFactory = _ => HostOptions.DefaultAddress,
    };

    private static readonly Option<AuthMode> _auth = new("--auth")
    {
        Description = "Whether callers must show the token (none: only on a loopback address)", DefaultValueFactory = _ => AuthMode.Token,
    };

    private static readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Log more" };

    public static Command Create()
    {
        _port.Validators.Add(r =>
        {
            if (r.Tokens is [var port] && int.TryParse(port.Value, CultureInfo.InvariantCulture, out var number) && (number < 0 || number > 65535))
                r.AddError($"--port {port.Value}: a port is 0 to 65535.");
        });
        _address.Validators.Add(r =>
        {
            if (r.Tokens is [var address] && !IPAddress.TryParse(address.Value, out _))
                r.AddError($"--address {address.Value}: give an IP address, for example 127.0.0.1.");
        });
        var command = new Command("serve", "Run the host until Ctrl-C: MCP on /mcp, HTTP API on /api/v1, health on /healthz and /readyz")
        {
            _port, _address, _auth, CommonOptions.EnablePlugins, _verbose,
        };
        command.SetAction((call, cancellationToken) => WebHost.RunAsync(OptionsOf(call), cancellationToken));
        return command;
    }

    private static HostOptions OptionsOf(ParseResult call) => new()
    {
        Paths = CommonOptions.Paths(call),
        Port = call.GetValue(_port),
        Address = call.GetValue(_address)!,
        Auth = call.GetValue(_auth),
        EnablePlugins = call.GetValue(CommonOptions.EnablePlugins),
        Verbose = call.GetValue(_verbose),
        Json = CommonOptions.WantsJson(call),
    };
}
