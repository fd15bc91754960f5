using System.Text;
using ClawGrains.Client.Api;
using ClawGrains.Client.Output;

namespace ClawGrains.Client.Commands;

/// <summary>Records as JSON, one on each line.</summary>
internal static class AuditLines
{
    public static string Of(AuditRow row) => PlainJson.Compact(row, ClientJson.Default.AuditRow);

    public static void Write(Stream output, AuditRow row) => output.Write(Encoding.UTF8.GetBytes(Of(row) + "\n"));
}
