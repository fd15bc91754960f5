using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Hosting;
using ClawGrains.Client.Plugins;
using ClawGrains.Client.Importing;
using ClawGrains.Client.Updating;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Packages;
using ClawGrains.Skills.Sources;

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
[JsonSerializable(typeof(JsonDocument))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(SkillReview))]
[JsonSerializable(typeof(SkillProvenance))]
[JsonSerializable(typeof(ImmutableArray<SkillProvenance>))]
[JsonSerializable(typeof(ImmutableArray<SkillPluginStatus>))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(ImmutableArray<Approval>))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(AutogenStatus))]
[JsonSerializable(typeof(SkillUpdateRow[]))]
[JsonSerializable(typeof(ClawHubSkill[]))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(NewSkillReply))]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(SkillListing))]
[JsonSerializable(typeof(SkillReasons))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(VersionReport))]
[JsonSerializable(typeof(SlashCommandTable))]
[JsonSerializable(typeof(SlashCommandReply))]
[JsonSerializable(typeof(CommandRequest))]
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
