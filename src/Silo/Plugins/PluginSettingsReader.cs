using System.Net;
using System.Text;
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
    private const long MostFuel = 1_000_000_000_000;
    private const long MostMegabytes = 4096; // what 32-bit addresses reach
    private const long MostSeconds = 86_400;

    /// <exception cref="HostStartException">Something in it is not valid; the message names each.</exception>
    public static PluginSettings Read(JsonObject settings, string file)
    {
        var errors = new List<string>();
        var section = new SettingsSection(settings["plugins"], "plugins", errors);
        var read = Plugins(section);
        return errors.Count == 0 ? read : throw new HostStartException($"{file}: {string.Join("; ", errors)}.");
    }

    private static PluginSettings Plugins(SettingsSection plugins)
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
        foreach (var (list, word) in read.Capabilities.Allow.Select(w => ("allow", w)).Concat(read.Capabilities.Deny.Select(w => ("deny", w))))
            if (!CapabilityPolicy.Known.Contains(word, StringComparer.Ordinal)) capabilities.Fail(list, $"names '{word}', which is not known; known are {string.Join(", ", CapabilityPolicy.Known)}");
        capabilities.RefuseOthers();
        read = Limits(plugins.Inner("limits"), read);
        plugins.RefuseOthers();
        return read;
    }

    private static ScanPolicy Scan(SettingsSection plugins)
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

    private static PluginSettings Limits(SettingsSection limits, PluginSettings read)
    {
        var (c, p) = (new LimitCeilings(), new PackageLimits());
        read = read with
        {
            Ceilings = new LimitCeilings
            {
                Fuel = limits.Number("max_fuel", c.Fuel, most: MostFuel),
                MemoryMegabytes = (int)limits.Number("max_memory_mb", c.MemoryMegabytes, most: MostMegabytes),
                TableElements = (int)limits.Number("max_table_elements", c.TableElements),
                Time = TimeSpan.FromSeconds(limits.Number("max_execution_seconds", (long)c.Time.TotalSeconds, most: MostSeconds)),
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
}
