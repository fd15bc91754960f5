using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClawGrains.Sandbox.Lifecycle;

/// <summary>The plugins of a tenant in <c>plugins.lock.json</c>; replaced as a whole, so a crash leaves the old or the new.</summary>
public sealed class LockFile(string path)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
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
    /// <exception cref="JsonException">The file was damaged.</exception>
    public ImmutableSortedDictionary<string, PluginRecord> Read() => File.Exists(path)
        ? JsonSerializer.Deserialize<PluginRecord[]>(File.ReadAllBytes(path), Json)!.ToImmutableSortedDictionary(r => r.Id, r => r, StringComparer.Ordinal)
        : ImmutableSortedDictionary<string, PluginRecord>.Empty.WithComparers(StringComparer.Ordinal);

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
}
