using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ClawGrains.Client.Mcp.SkillFeatures;

/// <summary>How schemas and structured results become JSON, without reflection.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class SchemaJson : JsonSerializerContext;
