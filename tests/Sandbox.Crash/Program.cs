using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Lifecycle;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Sandbox.State;
using ClawGrains.Wasm;

// Sandbox.Crash MODE DIRECTORY COMPONENT: works on a store without end, and says after each step that it is on disk.
// The test kills it at a moment of its own choosing and looks at what is left.
var (mode, directory, component) = (args[0], args[1], File.ReadAllBytes(args[2]));
await using var audit = SqliteAuditStore.Open(Path.Combine(directory, "audit.db"), TimeProvider.System);
switch (mode)
{
    case "audit": await Audit(); break;
    case "lifecycle": await Lifecycle(); break;
    case "state": await State(); break;
    default: return 2;
}
return 0;

async Task Audit()
{
    for (var i = 0; ; i++)
    {
        var entry = new AuditEntry { Time = TimeProvider.System.GetUtcNow(), Tenant = TenantId.Default, Plugin = "p", Function = $"f{i}", Allowed = true };
        if (i % 7 != 0) await audit.EnqueueAsync(entry);
        else
        {
            await await audit.AppendAsync(entry);
            Say($"{i}");
        }
    }
}

async Task Lifecycle()
{
    using var engine = new Engine();
    var registry = new PluginRegistry(TenantId.Default, Path.Combine(directory, "plugins.lock.json"), new PluginRegistryOptions
    {
        Store = new PackageStore(Path.Combine(directory, "packages")),
        Audit = audit,
        Manifests = await ManifestReader.CreateAsync(),
        Load = bytes => ClawGrains.Components.Component.Load(engine, bytes),
    });
    var id = new PluginId("com.example.crash");
    var from = registry.Plugins.FirstOrDefault()?.Seen.Count ?? 0;
    for (var i = from; ; i++)
    {
        await registry.InstallAsync(Package(i));
        Say($"{i}");
        if (i % 5 == 4) await registry.RollbackAsync(id);
    }
}

async Task State()
{
    await using var state = SqliteStateStore.Open(Path.Combine(directory, "state.db"));
    var owner = new StateOwner(TenantId.Default, new PluginId("p"));
    for (var i = 0; ; i++)
    {
        var value = Encoding.UTF8.GetBytes(new string((char)('a' + i % 26), 1 + i % 5000));
        await state.TrySetAsync(owner, ($"k{i % 10}", value), new StateQuota(1 << 20, 100), CancellationToken.None);
        Say($"{i}");
    }
}

PluginPackage Package(int number) => PluginPackage.Of(
[
    new("clawgrains.plugin.json", Encoding.UTF8.GetBytes($$"""{"id":"com.example.crash","name":"Crash","version":"1.0.{{number}}"}""")),
    new("plugin.wasm", component),
    new("README.md", Encoding.UTF8.GetBytes($"version {number}")),
], new PackageLimits());

static void Say(string line)
{
    Console.WriteLine(line);
    Console.Out.Flush();
}
