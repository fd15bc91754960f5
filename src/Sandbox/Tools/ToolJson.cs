using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClawGrains.Sandbox.Tools;

/// <summary>JSON that models and people read: quotation marks, letters of any script and signs stand as they are.</summary>
internal static class ToolJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode? value) => value?.ToJsonString(Options) ?? "null";
}
