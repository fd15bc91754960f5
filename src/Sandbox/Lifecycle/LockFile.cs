using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Lifecycle;

/// <summary>The plugins of a tenant in <c>plugins.lock.json</c>; replaced as a whole, so a crash leaves the old or the new.</summary>
public sealed class LockFile(string path)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Differs whenever the file was replaced.</summary>
    public (DateTime, long) Stamp => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    /// <summary>
    /// Keeps other processes from taking a step until it is disposed. A process that ends, however it ends, lets go.
    /// </summary>
    /// <exception cref="TimeoutException">Another process holds it for longer than <paramref name="patience"/>.</exception>
    public async Task<IDisposable> HoldAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        for (var start = time.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path + ".guard", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(start) < patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                throw new TimeoutException($"Another process holds {path}.", e);
            }
        }
    }

    /// <summary>What the file holds; nothing where there is none.</summary>
    /// <exception cref="PluginException">The file was damaged, or changed by hand into something else.</exception>
    public ImmutableSortedDictionary<string, PluginRecord> Read()
    {
        var records = ImmutableSortedDictionary.CreateBuilder<string, PluginRecord>(StringComparer.Ordinal);
        foreach (var record in Stored())
        {
            if (!PluginId.IsValid(record?.Id)) throw Damaged($"'{record?.Id}' is not a plugin's id");
            if (record is { State: PluginState.Enabled or PluginState.Disabled, Active: null }) throw Damaged($"{record.Id} has no active version and is {record.State.ToString().ToLowerInvariant()}");
            if (!records.TryAdd(record!.Id, record)) throw Damaged($"{record.Id} is there twice");
        }
        return records.ToImmutable();
    }

    /// <summary>Replaces the file.</summary>
    public void Write(ImmutableSortedDictionary<string, PluginRecord> records)
    {
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, records.Values.ToArray(), Json);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    private PluginRecord?[] Stored()
    {
        if (!File.Exists(path)) return [];
        try
        {
            return JsonSerializer.Deserialize<PluginRecord?[]>(File.ReadAllBytes(path), Json) ?? throw Damaged("it holds nothing");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException)
        {
            throw Damaged(e.Message, e);
        }
    }

    // Which plugins are revoked or were never approved can't be guessed: none runs.
    private PluginException Damaged(string why, Exception? inner = null) => new(PluginErrorKind.Internal,
        $"{path} is damaged or was changed by hand: {why.TrimEnd('.')}. No plugin of its tenant runs. Restore it from a backup, or move it away and install the plugins again.", inner);
}
