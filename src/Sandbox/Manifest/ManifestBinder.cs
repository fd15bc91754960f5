using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Manifest;

/// <summary>Makes the record of a tree that fits the schema, and checks what a schema cannot say.</summary>
internal sealed class ManifestBinder(ManifestNode root, DiagnosticList remarks)
{
    /// <summary>Whether a package's version was one this host does not speak.</summary>
    public bool Incompatible { get; private set; }

    public PluginManifest? Bind()
    {
        var packages = Packages();
        var permissions = Permissions();
        var component = Inside("component", root["component"]) ?? "plugin.wasm";
        var skills = Strings(root["skills"]).Select((s, i) => Inside($"skills[{i}]", s) ?? "").ToImmutableArray();
        var version = Version(root["version"]!);
        if (remarks.HasErrors) return null;
        return new PluginManifest
        {
            Id = new PluginId(root["id"]!.Text!),
            Name = root["name"]!.Text!,
            Version = version,
            Description = root["description"]?.Text ?? "",
            WitPackages = packages,
            Component = component,
            Capabilities = root["capabilities"] is { } c ? Texts(c) : ["tool"],
            Dependencies = (root["dependencies"]?.Fields ?? []).ToImmutableSortedDictionary(f => f.Name, f => f.Value.Text ?? ""),
            Permissions = permissions,
            Limits = Limits(root["resources"]),
            Skills = skills,
        };
    }

    private ImmutableArray<WitPackage> Packages()
    {
        var named = Strings(root["wit_packages"]).ToList();
        if (root["wit_package"] is { } one) named.Insert(0, one);
        foreach (var node in named) CheckPackage(node);
        return named.Count == 0 ? [WitPackage.Plugin] : [.. named.Select(n => WitPackage.TryParse(n.Text!, out var p) ? p : default)];
    }

    private void CheckPackage(ManifestNode node)
    {
        if (!WitPackage.TryParse(node.Text!, out var package))
        {
            remarks.Fail(node, "wit_package", $"'{node.Text}' is not namespace:name@version");
            return;
        }
        if (package.WhyIncompatible() is not { } why) return;
        Incompatible = true;
        remarks.Fail(node, "wit_package", why);
    }

    private PluginVersion Version(ManifestNode node)
    {
        if (!PluginVersion.TryParse(node.Text, out var version)) remarks.Fail(node, "version", $"'{node.Text}' is not a semantic version such as 1.4.0");
        return version;
    }

    private PluginPermissions Permissions()
    {
        var node = root["permissions"];
        foreach (var n in Strings(node?["network"])) CheckHost(n, "permissions.network");
        foreach (var f in Strings(node?["filesystem"]))
            if (!FilePattern.TryParse(f.Text!, out _)) remarks.Fail(f, "permissions.filesystem", $"'{f.Text}' leaves the workspace");
        return new PluginPermissions
        {
            Network = Texts(node?["network"]),
            Filesystem = Texts(node?["filesystem"]),
            Environment = Texts(node?["env_vars"]),
            Tools = Texts(node?["tools"]),
            State = node?["state"]?.Scalar is true,
            Shell = node?["shell"]?.Scalar is true,
            Credentials = [.. Strings(root["credentials"]).Select(Credential)],
        };
    }

    private CredentialBinding Credential(ManifestNode node)
    {
        CheckHost(node["host"]!, "credentials.host");
        var format = node["format"]?.Text ?? "{secret}";
        if (!format.Contains("{secret}", StringComparison.Ordinal)) remarks.Fail(node, "credentials.format", "must hold {secret}");
        if (format.Any(char.IsControl)) remarks.Fail(node["format"]!, "credentials.format", "holds control characters");
        if (Http.RequestHeaders.IsKept(node["header"]!.Text!)) remarks.Fail(node["header"]!, "credentials.header", $"'{node["header"]!.Text}' is the host's own to set");
        return new CredentialBinding(node["host"]!.Text!, node["header"]!.Text!, node["secret"]!.Text!, format);
    }

    private void CheckHost(ManifestNode node, string field)
    {
        if (!NetworkPattern.TryParse(node.Text, out _))
            remarks.Fail(node, field, $"'{node.Text}' is not a host such as api.example.com, *.example.com or api.example.com:8443 (no scheme, no path)");
    }

    private string? Inside(string field, ManifestNode? node)
    {
        if (node?.Text is not { } path) return null;
        if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || FilePattern.Normalize(path) is not { Length: > 0 } inside)
        {
            remarks.Fail(node, field, $"'{path}' is not a path inside the package");
            return null;
        }
        return inside;
    }

    private static PluginLimits Limits(ManifestNode? node)
    {
        var d = PluginLimits.Default;
        return d with
        {
            Fuel = Number(node, d.Fuel, "max_fuel", "fuel"),
            MemoryMegabytes = Whole(node, d.MemoryMegabytes, "max_memory_mb", "memory_mb"),
            TableElements = Whole(node, d.TableElements, "max_table_elements"),
            Time = TimeSpan.FromMilliseconds(Math.Min(TimeLimit(node, (long)d.Time.TotalMilliseconds), int.MaxValue)),
            HttpPerMinute = Whole(node, d.HttpPerMinute, "max_http_requests_per_minute"),
            LogsPerMinute = Whole(node, d.LogsPerMinute, "max_log_messages_per_minute"),
            Concurrency = Whole(node, d.Concurrency, "max_concurrency"),
            StateBytes = (int)Math.Min(Number(node, d.StateBytes >> 10, "max_state_kb"), int.MaxValue >> 10) << 10,
        };
    }

    private static long TimeLimit(ManifestNode? node, long fallback) =>
        node?["max_execution_seconds"]?.Scalar is long seconds ? Math.Min(seconds, int.MaxValue) * 1000 : Number(node, fallback, "timeout_ms");

    private static int Whole(ManifestNode? node, int fallback, params string[] names) => (int)Math.Min(Number(node, fallback, names), int.MaxValue);

    private static long Number(ManifestNode? node, long fallback, params string[] names) =>
        names.Select(n => node?[n]?.Scalar).OfType<long>().Append(fallback).First();

    private static IEnumerable<ManifestNode> Strings(ManifestNode? node) => node?.Items ?? [];

    private static ImmutableArray<string> Texts(ManifestNode? node) => [.. Strings(node).Select(n => n.Text!)];
}
