using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Sandbox.Scanning;
using ClawGrains.Silo.Hosting;

namespace ClawGrains.Silo.Plugins;

/// <summary>Reads the section <c>plugins</c> of the settings; whatever is wrong is told together.</summary>
internal static class PluginSettingsReader
{
    /// <exception cref="HostStartException">Something in it is not valid; the message names each.</exception>
    public static PluginSettings Read(JsonObject settings, string file)
    {
        var errors = new List<string>();
        var section = new Section(settings["plugins"], "plugins", errors);
        var read = Plugins(section);
        return errors.Count == 0 ? read : throw new HostStartException($"{file}: {string.Join("; ", errors)}.");
    }

    private static PluginSettings Plugins(Section plugins)
    {
        var standard = new PluginSettings();
        var capabilities = plugins.Inner("capabilities");
        var read = new PluginSettings
        {
            Enabled = plugins.Flag("enabled", standard.Enabled),
            Dirs = plugins.Texts("dirs", standard.Dirs),
            HotReload = plugins.Flag("hot_reload", standard.HotReload),
            MaxRunning = plugins.Number("max_running", 0) is > 0 and var most ? (int)most : null,
            Capabilities = new CapabilityPolicy
            {
                Allow = capabilities.Texts("allow", standard.Capabilities.Allow),
                Deny = capabilities.Texts("deny", standard.Capabilities.Deny),
            },
            Scanning = Scan(plugins),
            PrivateAddresses = plugins.Texts("private_addresses", standard.PrivateAddresses),
        };
        foreach (var address in read.PrivateAddresses.Where(a => !IPEndPoint.TryParse(a, out var point) || point.Port == 0))
            plugins.Fail("private_addresses", $"'{address}' is not IP:PORT");
        capabilities.RefuseOthers();
        read = Limits(plugins.Inner("limits"), read);
        plugins.RefuseOthers();
        return read;
    }

    private static ScanPolicy Scan(Section plugins)
    {
        if (plugins.Node("scan") is not { } policy) return ScanPolicy.Default;
        try
        {
            return ScanPolicyReader.Read("plugins.scan", Encoding.UTF8.GetBytes(policy.ToJsonString()));
        }
        catch (PluginException e)
        {
            plugins.Fail("scan", $"is no scan policy: {e.InnerException!.Message}");
            return ScanPolicy.Default;
        }
    }

    private static PluginSettings Limits(Section limits, PluginSettings read)
    {
        var (c, p) = (new LimitCeilings(), new PackageLimits());
        read = read with
        {
            Ceilings = new LimitCeilings
            {
                Fuel = limits.Number("max_fuel", c.Fuel),
                MemoryMegabytes = (int)limits.Number("max_memory_mb", c.MemoryMegabytes),
                TableElements = (int)limits.Number("max_table_elements", c.TableElements),
                Time = TimeSpan.FromSeconds(limits.Number("max_execution_seconds", (long)c.Time.TotalSeconds)),
                Concurrency = (int)limits.Number("max_concurrency", c.Concurrency),
                HttpPerMinute = (int)limits.Number("max_http_requests_per_minute", c.HttpPerMinute),
                LogsPerMinute = (int)limits.Number("max_log_messages_per_minute", c.LogsPerMinute),
            },
            Packages = new PackageLimits
            {
                ComponentBytes = (int)limits.Number("component_bytes", p.ComponentBytes),
                GzippedBytes = (int)limits.Number("component_gzipped_bytes", p.GzippedBytes),
                Files = (int)limits.Number("package_files", p.Files),
                TotalBytes = limits.Number("package_bytes", p.TotalBytes),
            },
        };
        limits.RefuseOthers();
        return read;
    }

    /// <summary>An object of the settings; remembers which members were asked for.</summary>
    private sealed class Section(JsonNode? node, string path, List<string> errors)
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);
        private readonly JsonObject? _object = node as JsonObject;

        public Section Inner(string name)
        {
            var inner = Member(name);
            if (inner is not (null or JsonObject)) Fail(name, "must be an object");
            return new Section(inner, $"{path}.{name}", errors);
        }

        public bool Flag(string name, bool standard) => Value(name, standard, "true or false", v => v.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        });

        public long Number(string name, long standard) => Value(name, standard, "a whole number of 1 or more", v =>
            v is JsonValue value && value.TryGetValue(out long number) && number is > 0 and <= int.MaxValue * 1000L ? number : null);

        public ImmutableArray<string> Texts(string name, ImmutableArray<string> standard) => Value(name, standard, "a list of texts", v =>
            v is JsonArray list && list.All(i => i?.GetValueKind() == JsonValueKind.String) ? [.. list.Select(i => i!.GetValue<string>())] : (ImmutableArray<string>?)null);

        public JsonNode? Node(string name) => Member(name);

        public void Fail(string name, string why) => errors.Add($"{path}.{name} {why}");

        public void RefuseOthers()
        {
            foreach (var (name, _) in _object ?? [])
                if (!_known.Contains(name)) Fail(name, $"is not known; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }

        private JsonNode? Member(string name)
        {
            _known.Add(name);
            return _object?[name];
        }

        private T Value<T>(string name, T standard, string wanted, Func<JsonNode, T?> read)
            where T : struct
        {
            if (Member(name) is not { } value) return standard;
            if (read(value) is { } known) return known;
            Fail(name, $"must be {wanted}");
            return standard;
        }
    }
}
