using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClawGrains.Wasm.Spec.Reporting;

/// <summary>The report as JSON: one line between processes, and the whole for <c>--json</c>.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        RespectRequiredConstructorParameters = true,
    };

    private static readonly JsonSerializerOptions Whole = new(Line) { WriteIndented = true };

    public static string ToLine(FileReport report) => JsonSerializer.Serialize(report, Line);

    public static FileReport FromLine(string line) =>
        JsonSerializer.Deserialize<FileReport>(line, Line) ?? throw new JsonException($"not a report: {line}");

    public static string Write(IReadOnlyCollection<FileReport> reports) => JsonSerializer.Serialize(
        new
        {
            Passed = reports.Sum(r => r.Passed),
            Failed = reports.Sum(r => r.Failed),
            Skipped = reports.Sum(r => r.Skipped),
            Files = reports,
        },
        Whole);
}
