using System.Text.Json;
using ClawGrains.Client.Api;

namespace ClawGrains.Client.Commands;

/// <summary>Records as JSON, one on each line.</summary>
internal static class AuditLines
{
    private static readonly ClientJson _compact = new(new JsonSerializerOptions(ClientJson.Default.Options) { WriteIndented = false });

    public static string Of(AuditRow row) => JsonSerializer.Serialize(row, _compact.AuditRow);

    public static void Write(Stream output, AuditRow row)
    {
        JsonSerializer.Serialize(output, row, _compact.AuditRow);
        output.WriteByte((byte)'\n');
    }
}
