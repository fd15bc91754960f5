using System.Collections.Immutable;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Tools;

/// <summary>Asks what tools a plugin has.</summary>
internal sealed class ListToolsWork : GuestWork
{
    private static readonly string[] DescribeNames = ["plugin#describe", "clawft:plugin/plugin@0.1.0#describe", "describe"];

    /// <summary>The answer, once the work is done without an error.</summary>
    public ImmutableArray<ToolDefinition> Tools { get; private set; } = [];

    protected override PluginOutcome Call(LiveGuest guest, HostSession session)
    {
        Tools = guest.Find(ToolWork.Execute) is null ? ToolDialect.Of(guest.Component).Describe(guest)
            : guest.Find(DescribeNames) is { } describe ? ToolDescription.Read(describe.Call()!.Value.AsString())
            : throw ToolDescription.Bad("the component exports execute-tool, but no describe that tells its tools");
        return new PluginOutcome { Result = "" };
    }
}
