using System.Buffers;
using System.Text.Json;

namespace ClawGrains.Grains.Catalog.Store;

/// <summary>
/// Writes what <see cref="ArchiveJson"/> reads, byte for byte as it would. By hand, because every short-lived command describes one
/// snapshot, and the serializer takes longer to describe these two types to itself than the command takes for all else it does with them.
/// </summary>
internal static class ArchiveWriter
{
    public static byte[] Write(IReadOnlyList<ArchivedSkill> skills) => Write(skills, static (json, skills) =>
    {
        json.WriteStartArray();
        foreach (var skill in skills) Write(json, skill);
        json.WriteEndArray();
    });

    public static byte[] Write(ArchivedSnapshot snapshot) => Write(snapshot, static (json, snapshot) =>
    {
        json.WriteStartObject();
        Write(json, "parts"u8, snapshot.Parts);
        Write(json, "rest"u8, snapshot.Rest);
        json.WriteEndObject();
    });

    private static byte[] Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json, value);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ArchivedSkill skill)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, skill.Name);
        json.WriteString("path"u8, skill.Path);
        json.WriteString("root"u8, skill.Root);
        json.WriteNumber("layer"u8, (int)skill.Layer);
        json.WriteString("revision"u8, skill.Revision);
        json.WriteNumber("since"u8, skill.Since);
        json.WriteBoolean("active"u8, skill.Active);
        json.WriteBoolean("eligible"u8, skill.Eligible);
        if (skill.Command is { } command) json.WriteString("command"u8, command);
        if (skill.Stale is { } stale) json.WriteString("stale"u8, stale);
        json.WriteBoolean("held"u8, skill.Held);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
