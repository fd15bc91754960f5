using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Hosting;
using ClawGrains.Client.Plugins;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Api;

/// <summary>The JSON of the HTTP API and of <c>--json</c>, made at build time so that a command starts fast.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(HostRecord))]
[JsonSerializable(typeof(CatalogSnapshot))]
[JsonSerializable(typeof(SkillVersion))]
[JsonSerializable(typeof(ReloadReport))]
[JsonSerializable(typeof(InstallRequest))]
[JsonSerializable(typeof(InstallReply))]
[JsonSerializable(typeof(RemoveReply))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(SnapshotListing))]
[JsonSerializable(typeof(DrainingListing))]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(SkillListing))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(VersionReport))]
[JsonSerializable(typeof(PluginListing))]
[JsonSerializable(typeof(PluginInfo))]
[JsonSerializable(typeof(PluginReply))]
[JsonSerializable(typeof(PluginCallResult))]
[JsonSerializable(typeof(PluginInstallRequest))]
[JsonSerializable(typeof(AuditQuery))]
[JsonSerializable(typeof(AuditRow[]))]
[JsonSerializable(typeof(AuditCheck))]
[JsonSerializable(typeof(AuditRow))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(PluginValidation))]
[JsonSerializable(typeof(PluginProject))]
internal sealed partial class ClientJson : JsonSerializerContext;
