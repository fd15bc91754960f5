using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Validation;

/// <summary>The rows as the JSON array that <c>claw skill validate --json</c> prints.</summary>
public static class SkillValidationJson
{
    /// <summary>An indented JSON array, one object per row.</summary>
    public static string Write(IReadOnlyList<SkillValidationRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartArray();
            foreach (var row in rows) Write(json, row);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>One row as a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, SkillValidationRow row)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(row);
        json.WriteStartObject();
        json.WriteString("path", row.Path);
        json.WriteBoolean("loaded", row.Loaded);
        json.WriteString("name", row.Name);
        json.WriteString("description", row.Description);
        json.WriteBoolean("eligible", row.Eligibility.Eligible);
        WriteMissing(json, row);
        json.WriteBoolean("modelVisible", row.Eligibility.ModelVisible);
        json.WriteBoolean("userInvocable", row.Eligibility.UserInvocable);
        json.WriteBoolean("commandVisible", row.Eligibility.CommandVisible);
        Write(json, "warnings", row.Warnings);
        Write(json, "errors", row.Errors);
        json.WriteEndObject();
    }

    private static void WriteMissing(Utf8JsonWriter json, SkillValidationRow row)
    {
        var missing = row.Eligibility.Missing;
        json.WriteStartObject("missing");
        Write(json, "bins", missing.Bins);
        Write(json, "anyBins", missing.AnyBins);
        Write(json, "env", missing.Env);
        Write(json, "config", missing.Config);
        Write(json, "os", missing.Os);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<SkillDiagnostic> findings)
    {
        json.WriteStartArray(name);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("code", finding.Code);
            json.WriteString("message", finding.Message);
            json.WriteNumber("line", finding.Line);
            json.WriteNumber("column", finding.Column);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // The text goes to a terminal or a file, never into HTML.
    private static JsonWriterOptions Options { get; } =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
