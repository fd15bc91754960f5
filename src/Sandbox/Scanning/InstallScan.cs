using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ClawGrains.Components;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Sandbox.Scanning;

/// <summary>
/// Looks through a package before it is installed: texts and the strings of components for patterns of attack, and
/// components for imports that are not offered or that the manifest does not ask for. A scan that fails refuses.
/// </summary>
public static class InstallScan
{
    private static readonly string[] Offered =
        ["host", "clawft:plugin/host@", "clawgrains:state/store@", "clawgrains:tools/host-tools@", "clawgrains:providers/chat-sink@", "clawgrains:providers/types@",
        "zeroclaw:plugin/types@", "zeroclaw:plugin/logging@", "zeroclaw:plugin/secrets@", "zeroclaw:plugin/plugin-config@",
        "wasi:cli/", "wasi:clocks/", "wasi:random/", "wasi:io/", "wasi:filesystem/", "wasi:sockets/", "wasi:http/"];

    /// <summary>The findings, the gravest first.</summary>
    /// <exception cref="ComponentException">A component is none, or not valid.</exception>
    public static ImmutableArray<ScanFinding> Scan(PluginPackage package, PluginManifest manifest, ScanPolicy policy, Func<ReadOnlyMemory<byte>, Component> load)
    {
        var findings = new List<ScanFinding>();
        var text = new TextScan(policy, findings);
        foreach (var (path, content) in package.Files)
            if (path.EndsWith(".wasm", StringComparison.OrdinalIgnoreCase)) text.Strings(path, content);
            else text.Bytes(path, content);
        if (package.Files.TryGetValue(manifest.Component, out var component)) findings.AddRange(Imports(manifest, load(component), policy));
        // The strings of a large component can give the same finding many times.
        return [.. findings.Distinct().OrderByDescending(f => f.Severity)];
    }

    /// <summary>The findings of one file that is no part of a plugin, in the order of its lines; of one that is no text, those of what is readable in it.</summary>
    public static ImmutableArray<ScanFinding> ScanFile(string path, ReadOnlySpan<byte> content, ScanPolicy policy)
    {
        var findings = new List<ScanFinding>();
        new TextScan(policy, findings).Bytes(path, content);
        return [.. findings];
    }

    /// <summary>The findings of what a tool tells of itself, which models read: only a running component knows it.</summary>
    public static ImmutableArray<ScanFinding> ScanTool(ToolDefinition tool, ScanPolicy policy)
    {
        var findings = new List<ScanFinding>();
        var scan = new TextScan(policy, findings);
        foreach (var text in TextsOf(tool)) scan.Scan($"tool {tool.Name}", text);
        return [.. findings.Distinct()];
    }

    private static IEnumerable<string> TextsOf(ToolDefinition tool) =>
        [tool.Description, .. TextsIn(JsonNode.Parse(tool.InputSchema)), .. tool.OutputSchema is { } output ? TextsIn(JsonNode.Parse(output)) : []];

    // The names of fields are read like all else in a schema.
    private static IEnumerable<string> TextsIn(JsonNode? schema) => schema switch
    {
        JsonObject o => o.SelectMany(p => (string[])[p.Key, .. TextsIn(p.Value)]),
        JsonArray a => a.SelectMany(TextsIn),
        JsonValue v when v.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static IEnumerable<ScanFinding> Imports(PluginManifest manifest, Component component, ScanPolicy policy)
    {
        var unknown = component.Imports.Where(i => !Offered.Any(o => i == o || (o[^1] is '@' or '/' && i.StartsWith(o, StringComparison.Ordinal)))).ToArray();
        var unpermitted = component.Imports.Where(i => (i.StartsWith("clawgrains:state/", StringComparison.Ordinal) && !manifest.Permissions.State)
            || (i.StartsWith("clawgrains:tools/", StringComparison.Ordinal) && manifest.Permissions.Tools.IsEmpty)).ToArray();
        (string Rule, string[] Names, string Message)[] found =
        [
            (KnownRules.UnknownImports, unknown, "imports what is not offered: "),
            (KnownRules.UnpermittedImports, unpermitted, "imports what the manifest does not ask permission for: "),
        ];
        foreach (var (rule, names, message) in found)
            if (names.Length > 0 && policy.SeverityOf(rule, KnownRules.Structural[rule]) is { } severity)
                yield return new ScanFinding(severity, rule, manifest.Component, 0, message + string.Join(", ", names));
    }
}
