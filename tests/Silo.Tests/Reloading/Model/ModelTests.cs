using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Hosting;
using ClawGrains.Silo.Reloading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClawGrains.Silo.Tests.Reloading.Model;

/// <summary>
/// Random edits, breakages, deleted folders, removals, rollbacks, restarts and calls against <see cref="CatalogModel"/>. A failure names the seed;
/// <c>CLAWGRAINS_SEED=N</c> runs that one.
/// </summary>
public sealed class ModelTests
{
    private const int Steps = 60;
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly string[] Layers = ["workspace", "managed"];

    public static TheoryData<int> Seeds => Environment.GetEnvironmentVariable("CLAWGRAINS_SEED") is { } seed ? [int.Parse(seed)] : [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Catalog_RandomHistory_ServesWhatTheModelSays(int seed)
    {
        await using var run = new Run(seed);
        await run.StartAsync();
        var step = 0;
        try
        {
            for (; step < Steps; step++) await run.StepAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}, step {step}: {string.Join("; ", run.Done.TakeLast(12))}: {e.Message}", e);
        }
    }

    private sealed class Run(int seed) : IAsyncDisposable
    {
        private readonly Random _random = new(seed);
        private readonly TemporaryDirectory _home = new();
        private readonly CatalogModel _model = new();
        private readonly Dictionary<string, long> _seen = [];
        private IHost? _host;
        private long _number;
        private int _texts;

        public List<string> Done { get; } = [];

        private IGrainFactory Grains => _host!.Services.GetRequiredService<IGrainFactory>();

        private ICatalogGrain Catalog => Grains.GetGrain<ICatalogGrain>(GrainKeys.Of(TenantId.Default));

        public async Task StartAsync()
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.AddClawGrainsSilo(new SiloOptions
            {
                DataDirectory = Path.Combine(_home.Path, "data"), Workspace = Path.Combine(_home.Path, "work"), BundledDirectory = Path.Combine(_home.Path, "none"),
            });
            // The watcher reads along, so that its reloads fall between those of the test.
            builder.Services.AddSkillReloading();
            Directory.CreateDirectory(Path.Combine(_home.Path, "data"));
            _host = builder.Build();
            await _host.StartWithSiloAsync(CancellationToken.None);
            await ReloadAsync();
        }

        public async Task StepAsync()
        {
            var (layer, name) = (Layers[_random.Next(2)], Names[_random.Next(Names.Length)]);
            switch (_random.Next(20))
            {
                case < 8: await EditAsync(layer, name, sound: true); break;
                case < 12: await EditAsync(layer, name, sound: false); break;
                case < 13: await DeleteAsync(layer, name); break;
                case < 14: await RemoveAsync(name); break;
                case < 17: await RollbackAsync(); break;
                case < 18: await ResumeAsync(); break;
#if !REAL_ORLEANS
                default: await RestartAsync(); break;
#else
                // A silo of its own keeps its state in memory there, so its numbers end with it.
                default: await ReloadAsync(); break;
#endif
            }
            await CheckAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _home.Dispose();
        }

        private async Task EditAsync(string layer, string name, bool sound)
        {
            var text = $"text {++_texts}";
            Done.Add($"{(sound ? "write" : "break")} {layer}/{name} {text}");
            var head = sound ? $"name: {name}\ndescription: d" : $"name: [{text}";
            // As editors do: beside it, then over it.
            var draft = _home.Write($"{Folder(layer)}/{name}/SKILL.md.tmp", $"---\n{head}\n---\n{text}\n");
            File.Move(draft, Path.Combine(Path.GetDirectoryName(draft)!, "SKILL.md"), overwrite: true);
            _model.Write(layer, name, text, sound);
            await ReloadAsync();
        }

        private async Task DeleteAsync(string layer, string name)
        {
            Done.Add($"delete {layer}/{name}");
            var folder = Path.Combine(_home.Path, Folder(layer), name);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            _model.Delete(layer, name);
            await ReloadAsync();
        }

        private async Task RemoveAsync(string name)
        {
            Done.Add($"remove {name}");
            var wanted = _model.Remove(name);
            var removal = await Catalog.RemoveAsync(name);
            removal.IsRemoved.ShouldBe(wanted, $"whether there was a {name} to remove");
            Follow(removal.Number);
        }

        private async Task RollbackAsync()
        {
            var kept = (await Catalog.GetSnapshotsAsync()).Select(s => s.Number).Where(_model.Numbers.Contains).ToArray();
            var to = kept[_random.Next(kept.Length)];
            Done.Add($"rollback to {to}");
            _model.Rollback(to);
            Follow((await Catalog.RollbackAsync(to)).Number);
        }

        private async Task ResumeAsync()
        {
            Done.Add("resume");
            _model.Resume();
            Follow((await Catalog.ResumeAsync()).Number);
        }

#if !REAL_ORLEANS
        private async Task RestartAsync()
        {
            Done.Add("restart");
            await StopAsync();
            await StartAsync();
        }
#endif

        private async Task StopAsync()
        {
            await _host!.StopAsync();
            _host.Dispose();
        }

        private async Task ReloadAsync() => Follow((await Catalog.ReloadAsync()).Number);

        private void Follow(long number)
        {
            number.ShouldBeGreaterThanOrEqualTo(_number, "numbers only grow");
            _number = number;
            _model.Reload(number);
        }

        private async Task CheckAsync()
        {
            foreach (var name in Names)
            {
                var expected = _model.Serves(name);
                (await Catalog.GetSkillAsync(name))?.Body.Trim().ShouldBe(expected, $"the catalog's {name}");
                var version = await Grains.GetGrain<ISkillGrain>(GrainKeys.Of(TenantId.Default, name)).GetVersionAsync(_number);
                version?.Body.Trim().ShouldBe(expected, $"the grain's {name}");
                (version is null).ShouldBe(expected is null, $"whether {name} is there");
                if (version is null) continue;
                version.Entry.Since.ShouldBeGreaterThanOrEqualTo(_seen.GetValueOrDefault(name), $"the version of {name}");
                _seen[name] = version.Entry.Since;
            }
        }

        private static string Folder(string layer) => layer == "workspace" ? "work/skills" : "data/skills";
    }
}
