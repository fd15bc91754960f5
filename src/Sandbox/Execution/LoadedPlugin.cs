using ClawGrains.Components;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Execution;

/// <summary>What calls of the same bytes share: the compiled component, made when it is first run, and how they went.</summary>
internal sealed class LoadedPlugin(Engine engine, ReadOnlyMemory<byte> bytes, long quickFuel)
{
    private readonly Lazy<Component> _component = new(() => Component.Load(engine, bytes));

    public Component Component => _component.Value;

    public PluginPace Pace { get; } = new(quickFuel);
}

/// <summary>What every call of a version begins with, found once.</summary>
/// <param name="Loaded">Its code.</param>
/// <param name="Limits">Its limits within the host's ceilings.</param>
/// <param name="Version">Its version as text.</param>
internal sealed record PreparedPlugin(LoadedPlugin Loaded, PluginLimits Limits, string Version)
{
    private const int MostKept = 128;
    private volatile Summary? _summary;
    private volatile Secrets? _secrets;

    /// <summary>What the audit says of arguments; those of the call before are likely.</summary>
    public string Summarize(string arguments)
    {
        if (_summary is { } known && known.Of == arguments) return known.Text;
        var text = AuditText.Summarize(arguments);
        if (arguments.Length <= MostKept) _summary = new Summary(arguments, text);
        return text;
    }

    /// <summary>What blots out these secrets; those of the call before are likely, and all their spellings take longer than a call.</summary>
    public SecretScanner ScannerOf(List<string> secrets)
    {
        if (_secrets is { } known && known.Values.SequenceEqual(secrets)) return known.Scanner;
        var scanner = new SecretScanner(secrets);
        _secrets = new Secrets(secrets, scanner);
        return scanner;
    }

    private sealed record Summary(string Of, string Text);

    private sealed record Secrets(List<string> Values, SecretScanner Scanner);
}
