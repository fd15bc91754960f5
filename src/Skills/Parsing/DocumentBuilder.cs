using ClawGrains.Skills.Model;
using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>Gives the fields their meaning.</summary>
internal sealed class DocumentBuilder(SkillFields fields, List<SkillDiagnostic> warnings)
{
    public SkillDocument Build(ReadOnlyMemory<byte> source, string filePath, string body)
    {
        var metadata = ManifestReader.Metadata(fields, warnings);
        var block = ManifestReader.Block(metadata, warnings);
        var tool = DispatchTool();
        return new SkillDocument
        {
            Name = NonEmpty("name") ?? SkillParser.FallbackName(filePath),
            Description = NonEmpty("description") ?? "",
            Body = body,
            BaseDirectory = Path.GetDirectoryName(filePath) ?? "",
            FilePath = filePath,
            Source = source,
            Frontmatter = fields.Text,
            UserInvocable = Boolean("user-invocable", true),
            DisableModelInvocation = Boolean("disable-model-invocation", false),
            CommandDispatch = tool is null ? null : "tool",
            CommandTool = tool,
            AllowedTools = AllowedTools(),
            Homepage = Homepage(block),
            License = NonEmpty("license"),
            Compatibility = NonEmpty("compatibility"),
            Metadata = Flatten(metadata),
            OpenClaw = block,
            Plugins = ManifestReader.Plugins(metadata),
        };
    }

    private string? DispatchTool()
    {
        var kind = (Either("command-dispatch", "command_dispatch") ?? "").ToLowerInvariant();
        if (kind.Length == 0) return null;
        if (kind != "tool") return Ignore("command-dispatch", SkillCodes.DispatchIgnored, $"command-dispatch '{kind}' is ignored: only 'tool' is known");
        var tool = Either("command-tool", "command_tool");
        if (string.IsNullOrEmpty(tool)) return Ignore("command-dispatch", SkillCodes.DispatchIgnored, "command-dispatch is ignored: command-tool must name the tool");
        var mode = (Either("command-arg-mode", "command_arg_mode") ?? "").ToLowerInvariant();
        if (mode is not ("" or "raw")) Ignore("command-arg-mode", SkillCodes.ArgModeUnknown, $"command-arg-mode '{mode}' is unknown: raw applies");
        return tool;
    }

    private string? Ignore(string key, string code, string message)
    {
        Warn(key, code, message);
        return null;
    }

    private bool Boolean(string key, bool fallback)
    {
        if (fields[key] is not { } text) return fallback;
        switch (JsText.Trim(text).ToLowerInvariant())
        {
            case "true" or "1" or "yes" or "on": return true;
            case "false" or "0" or "no" or "off": return false;
            default:
                Warn(key, SkillCodes.NotBoolean, $"{key} '{text}' is neither true nor false: {(fallback ? "true" : "false")} applies");
                return fallback;
        }
    }

    private List<string> AllowedTools()
    {
        if (fields.Structured.TryGetValue("allowed-tools", out var list)) return [.. ManifestReader.Strings(list)];
        return ToolList.Split(fields["allowed-tools"] ?? "");
    }

    private string? Homepage(OpenClawBlock block)
    {
        var page = block.Homepage ?? fields["homepage"] ?? fields["website"] ?? fields["url"];
        return page is not null && JsText.Trim(page) is { Length: > 0 } text ? text : null;
    }

    private static IReadOnlyDictionary<string, string> Flatten(DataNode? metadata)
    {
        if (metadata is not { Kind: DataKind.Map, Entries.Count: > 0 }) return SkillDocument.EmptyFields;
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in metadata.Entries)
            flat[key] = value.AsString ?? JsonText.Write(value, SkillLimits.MaxJsonText) ?? "";
        return flat;
    }

    private string? Either(string key, string legacy) => (fields[key] ?? fields[legacy]) is { } text ? JsText.Trim(text) : null;

    private string? NonEmpty(string key) => fields[key] is { } text && JsText.Trim(text) is { Length: > 0 } trimmed ? trimmed : null;

    private void Warn(string key, string code, string message)
    {
        var (line, column) = fields.Places.GetValueOrDefault(key, (0, 1));
        warnings.Add(new SkillDiagnostic(code, message, line + 1, column));
    }
}
