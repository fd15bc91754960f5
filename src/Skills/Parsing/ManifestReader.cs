using ClawGrains.Skills.Model;
using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>Reads <c>metadata</c>, a YAML mapping or JSON5 text, and the dialect's block in it.</summary>
internal static class ManifestReader
{
    private static readonly string[] BlockNames = ["openclaw", "clawdbot"];
    private static readonly string[] PluginBlocks = ["", "clawgrains", .. BlockNames];

    /// <summary>The value of <c>metadata</c>, or null with a warning where it is neither.</summary>
    public static DataNode? Metadata(SkillFields fields, List<SkillDiagnostic> warnings)
    {
        if (fields.Structured.TryGetValue("metadata", out var structured)) return structured;
        if (fields["metadata"] is not { Length: > 0 } text) return null;
        if (Json5Reader.Read(text, out var reason) is { } value && (value.IsStructured || value.Kind == DataKind.Null)) return value;
        var (line, column) = fields.Places.GetValueOrDefault("metadata", (1, 1));
        warnings.Add(new SkillDiagnostic(SkillCodes.MetadataIgnored,
            $"metadata is ignored: it is neither a mapping nor JSON5 ({(reason.Length > 0 ? reason : "a single value")})", line, column));
        return null;
    }

    public static OpenClawBlock Block(DataNode? metadata, List<SkillDiagnostic> warnings)
    {
        var block = BlockNames.Select(n => metadata?[n]).FirstOrDefault(b => b is { IsStructured: true });
        if (block is null) return OpenClawBlock.Empty;
        return new OpenClawBlock
        {
            Always = block["always"] is { IsTrue: true },
            Emoji = block["emoji"]?.AsString,
            Homepage = block["homepage"]?.AsString,
            SkillKey = block["skillKey"]?.AsString is { Length: > 0 } key ? key : null,
            PrimaryEnv = block["primaryEnv"]?.AsString,
            Os = Strings(block["os"]),
            Requires = Requires(block["requires"]),
            Install = InstallSpecReader.Read(block["install"], warnings),
        };
    }

    /// <summary>The plugins that are named: <c>plugin</c> or <c>plugins</c> of the metadata itself, or of a block of it.</summary>
    public static IReadOnlyList<string> Plugins(DataNode? metadata) => metadata is not { Kind: DataKind.Map }
        ? []
        : [.. PluginBlocks.Select(n => n.Length == 0 ? metadata : metadata[n]).Where(b => b is { Kind: DataKind.Map })
            .SelectMany(b => Strings(b!["plugin"]).Concat(Strings(b["plugins"]))).Distinct(StringComparer.Ordinal)];

    private static SkillRequirements Requires(DataNode? node) => node is not { IsStructured: true }
        ? SkillRequirements.None
        : new SkillRequirements
        {
            Bins = Strings(node["bins"]),
            AnyBins = Strings(node["anyBins"]),
            Env = Strings(node["env"]),
            Config = Strings(node["config"]),
        };

    /// <summary>A list, or text separated by commas; empty entries fall out.</summary>
    public static IReadOnlyList<string> Strings(DataNode? node)
    {
        IEnumerable<string> raw = node switch
        {
            { Kind: DataKind.List } => node.Items.Select(i => JavaScriptText.Of(i)),
            { Kind: DataKind.String } => node.Text.Split(','),
            _ => [],
        };
        return [.. raw.Select(JsText.Trim).Where(s => s.Length > 0)];
    }
}
