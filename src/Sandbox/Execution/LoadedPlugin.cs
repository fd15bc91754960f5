using ClawGrains.Components;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Execution;

/// <summary>What calls of the same bytes share: the compiled component, made when it is first run, and how they went.</summary>
internal sealed class LoadedPlugin(Engine engine, ReadOnlyMemory<byte> bytes)
{
    private readonly Lazy<Component> _component = new(() => Component.Load(engine, bytes));

    public Component Component => _component.Value;

    public PluginPace Pace { get; } = new();
}

/// <summary>What every call of a version begins with, found once.</summary>
/// <param name="Loaded">Its code.</param>
/// <param name="Limits">Its limits within the host's ceilings.</param>
/// <param name="Version">Its version as text.</param>
internal sealed record PreparedPlugin(LoadedPlugin Loaded, PluginLimits Limits, string Version);
