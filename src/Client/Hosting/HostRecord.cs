using System.Diagnostics;
using System.Text.Json;
using ClawGrains.Client.Api;

namespace ClawGrains.Client.Hosting;

/// <summary>What a running host leaves in its data directory, so that commands find it.</summary>
internal sealed record HostRecord
{
    public required int ProcessId { get; init; }

    public required string Url { get; init; }

    public required string Workspace { get; init; }

    public required string Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether callers must show the token of the data directory.</summary>
    public required bool NeedsToken { get; init; }

    /// <summary>Reads the record; null where there is none, or where its process is gone.</summary>
    public static HostRecord? Read(HostPaths paths)
    {
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(paths.HostRecord), ClientJson.Default.HostRecord);
            return record is not null && IsAlive(record.ProcessId) ? record : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            // No record, or one cut off by a crash: there is no host to speak to.
            return null;
        }
    }

    public void Write(HostPaths paths)
    {
        var temporary = paths.HostRecord + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, ClientJson.Default.HostRecord));
        File.Move(temporary, paths.HostRecord, overwrite: true);
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
