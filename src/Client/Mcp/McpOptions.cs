using System.Reflection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp;

/// <summary>What is the same for every session of the MCP front end, whatever it travels over.</summary>
internal sealed record McpOptions
{
    /// <summary>The greatest number of items of a page of a list. Default: 50.</summary>
    public int PageSize { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(PageSize), value, "A page needs at least one item."); } = 50;

    /// <summary>What else follows the sessions. Default: nothing.</summary>
    public Func<ILoggerFactory, McpObservers>? Observers { get; init; }

    /// <summary>How this server calls itself. Default: <c>clawgrains</c> and the version of this program.</summary>
    public Implementation ServerInfo { get; init; } = new()
    {
        Name = "clawgrains",
        Title = "ClawGrains",
        Version = typeof(McpOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+')[0] ?? "0.0.0",
    };

    /// <summary>What a client may tell its model of this server. Default: that tools return instructions.</summary>
    public string Instructions { get; init; } =
        "Tools whose description begins with 'Skill instructions' are agent skills: calling one returns instructions (Markdown) "
        + "to be followed with the tools you have; it changes nothing by itself. Files that the instructions mention are resources "
        + "below skill://. All other tools are plugins, which do their work at once.";
}
