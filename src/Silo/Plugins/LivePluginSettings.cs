using ClawGrains.Grains.Plugins;
using ClawGrains.Silo.Hosting;

namespace ClawGrains.Silo.Plugins;

/// <summary>
/// The settings for plugins as the file has them now. The file is looked at once in a while; one that became invalid
/// leaves what was in force before.
/// </summary>
/// <param name="file">The settings.</param>
/// <param name="enable">Whether plugins are on whatever the file says.</param>
/// <param name="time">The clock.</param>
internal sealed class LivePluginSettings(SettingsFile file, bool enable, TimeProvider time)
{
    private static readonly TimeSpan Trust = TimeSpan.FromMilliseconds(500);
    private readonly Lock _lock = new();
    private volatile Known? _known;

    /// <summary>The settings in force.</summary>
    /// <exception cref="HostStartException">It is the first time, and they are not valid.</exception>
    public PluginSettings Current =>
        _known is { } known && time.GetElapsedTime(known.At) < Trust ? known.Settings : Refresh();

    private PluginSettings Refresh()
    {
        lock (_lock)
        {
            var stamp = file.Stamp;
            var settings = _known is { } known && known.Stamp == stamp ? known.Settings : Read();
            _known = new Known(settings, stamp, time.GetTimestamp());
            return settings;
        }
    }

    private PluginSettings Read()
    {
        try
        {
            var settings = PluginSettingsReader.Read(file.Read(), file.Path);
            return enable ? settings with { Enabled = true } : settings;
        }
        catch (HostStartException) when (_known is not null)
        {
            // `claw config set` refuses what is not valid, so this was a hand in the middle of an edit.
            return _known.Settings;
        }
    }

    private sealed record Known(PluginSettings Settings, (DateTime, long) Stamp, long At);
}
