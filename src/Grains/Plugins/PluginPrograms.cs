using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Lifecycle;

namespace ClawGrains.Grains.Plugins;

/// <summary>
/// The programs of packages, each read and checked against its hash once in this silo, and their tools. Tools are asked
/// for once in a package's life and written down, so that a version can't tell other tools later than were seen before.
/// </summary>
internal sealed class PluginPrograms(PluginHost host)
{
    private readonly ConcurrentDictionary<TenantId, Lazy<Task<PluginRegistry>>> _stores = new();
    private readonly ConcurrentDictionary<(TenantId, string), Lazy<Task<RunnablePlugin>>> _programs = new();
    private readonly ConcurrentDictionary<(TenantId, string), Lazy<Task<PluginTools>>> _tools = new();

    /// <summary>The program of a package.</summary>
    /// <exception cref="PluginException">The package is not kept, or was changed.</exception>
    public Task<RunnablePlugin> GetAsync(TenantId tenant, string package) =>
        OnceAsync(_programs, (tenant, package), () => LoadAsync(tenant, package));

    /// <summary>The tools of a package, or what keeps them from being known.</summary>
    public Task<PluginTools> ToolsAsync(TenantId tenant, string package) =>
        OnceAsync(_tools, (tenant, package), () => FindToolsAsync(tenant, package));

    /// <summary>Has a package that was installed anew asked for its tools again, unless they are known.</summary>
    public void Retry(TenantId tenant, string package)
    {
        if (_tools.TryGetValue((tenant, package), out var asked) && asked.Value is not { IsCompletedSuccessfully: true, Result.Problem: null })
            _tools.TryRemove(KeyValuePair.Create((tenant, package), asked));
    }

    /// <summary>Lets go of a tenant's packages that are kept no more.</summary>
    public async Task ForgetAsync(TenantId tenant)
    {
        foreach (var key in _programs.Keys.Concat(_tools.Keys).Where(k => k.Item1 == tenant && !Directory.Exists(host.PackageDirectory(tenant, k.Item2))).ToArray())
        {
            _tools.TryRemove(key, out _);
            if (_programs.TryRemove(key, out var gone) && gone.Value.IsCompletedSuccessfully) host.Runtime.Forget((await gone.Value).Hash);
        }
        if (!Directory.Exists(host.Tools(tenant))) return;
        foreach (var file in Directory.EnumerateFiles(host.Tools(tenant), "*.json").Where(f => !Directory.Exists(host.PackageDirectory(tenant, Path.GetFileNameWithoutExtension(f)))))
            File.Delete(file);
    }

    private async Task<RunnablePlugin> LoadAsync(TenantId tenant, string package)
    {
        var store = await StoreAsync(tenant);
        return await Task.Run(() => store.Load(package));
    }

    private async Task<PluginTools> FindToolsAsync(TenantId tenant, string package)
    {
        var file = Path.Combine(host.Tools(tenant), package + ".json");
        try
        {
            if (await KnownAsync(file) is { IsDefault: false } known) return new PluginTools(known, null);
            var tools = await AskAsync(tenant, package);
            Directory.CreateDirectory(host.Tools(tenant));
            var temporary = $"{file}.{Guid.NewGuid():n}";
            await File.WriteAllBytesAsync(temporary, JsonSerializer.SerializeToUtf8Bytes(tools));
            File.Move(temporary, file, overwrite: true);
            return new PluginTools(tools, null);
        }
        catch (PluginException e)
        {
            return new PluginTools([], e.Error.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PluginTools([], e.Message);
        }
    }

    private static async Task<ImmutableArray<PluginTool>> KnownAsync(string file)
    {
        if (!File.Exists(file)) return default;
        try
        {
            return JsonSerializer.Deserialize<ImmutableArray<PluginTool>>(await File.ReadAllBytesAsync(file));
        }
        catch (JsonException)
        {
            // A damaged file: the plugin is asked again.
            return default;
        }
    }

    private async Task<ImmutableArray<PluginTool>> AskAsync(TenantId tenant, string package)
    {
        var tools = await host.Runtime.GetToolsAsync(await GetAsync(tenant, package), tenant);
        if ((await StoreAsync(tenant)).Refusal(package, tools) is { } worst)
            throw new PluginException(PluginErrorKind.PermissionDenied, $"{worst.File}: {worst.Rule}: {worst.Message}. Installing it with --force overrules that");
        return [.. tools.Select(t => new PluginTool { Name = t.Name, Description = t.Description, InputSchema = t.InputSchema, OutputSchema = t.OutputSchema })];
    }

    private Task<PluginRegistry> StoreAsync(TenantId tenant) => OnceAsync(_stores, tenant, () => host.OpenRegistryAsync(tenant));

    private static async Task<T> OnceAsync<TKey, T>(ConcurrentDictionary<TKey, Lazy<Task<T>>> known, TKey key, Func<Task<T>> make)
        where TKey : notnull
    {
        var entry = known.GetOrAdd(key, static (_, m) => new Lazy<Task<T>>(m), make);
        try
        {
            return await entry.Value;
        }
        catch
        {
            // What failed is tried again by the next who asks.
            known.TryRemove(KeyValuePair.Create(key, entry));
            throw;
        }
    }
}

/// <summary>The tools of a package.</summary>
/// <param name="Tools">The tools; empty where there is a problem.</param>
/// <param name="Problem">What keeps them from being known, or null.</param>
internal sealed record PluginTools(ImmutableArray<PluginTool> Tools, string? Problem);
