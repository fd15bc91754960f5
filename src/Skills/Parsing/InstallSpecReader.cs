using ClawGrains.Skills.Model;
using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>Reads install specs and drops every value that could be taken for an option, a path or a foreign address.</summary>
internal static class InstallSpecReader
{
    public static IReadOnlyList<SkillInstallSpec> Read(DataNode? node, List<SkillDiagnostic> warnings)
    {
        if (node is not { Kind: DataKind.List }) return [];
        var specs = new List<SkillInstallSpec>();
        foreach (var item in node.Items)
            if (ReadOne(item) is { } spec) specs.Add(spec);
            else warnings.Add(new SkillDiagnostic(SkillCodes.InstallDropped,
                "an install entry was dropped: its kind is unknown, or the value it needs is missing or unsafe",
                Math.Max(item.Line, 1), Math.Max(item.Column, 1)));
        return specs;
    }

    private static SkillInstallSpec? ReadOne(DataNode raw)
    {
        if (!raw.IsStructured) return null;
        var kind = JsText.Trim(raw["kind"]?.AsString ?? raw["type"]?.AsString ?? "").ToLowerInvariant();
        if (kind is not ("brew" or "node" or "go" or "uv" or "download")) return null;
        if (!TryDigest(kind, raw["sha256"], out var sha256)) return null;
        var spec = Common(kind, raw) with
        {
            Formula = SafeValue.Brew(raw["formula"]) ?? SafeValue.Brew(raw["cask"]),
            Package = kind switch { "node" => SafeValue.Npm(raw["package"]), "uv" => SafeValue.Uv(raw["package"]), _ => null },
            Module = SafeValue.Go(raw["module"]),
            Url = SafeValue.Url(raw["url"]),
            Sha256 = sha256,
        };
        return HasWhatItNeeds(spec) ? spec : null;
    }

    private static SkillInstallSpec Common(string kind, DataNode raw) => new()
    {
        Kind = kind,
        Id = NonEmpty(raw["id"]),
        Label = NonEmpty(raw["label"]),
        Bins = ManifestReader.Strings(raw["bins"]),
        Os = ManifestReader.Strings(raw["os"]),
        Archive = raw["archive"]?.AsString,
        Extract = raw["extract"] is { Kind: DataKind.Boolean } extract ? extract.IsTrue : null,
        StripComponents = raw["stripComponents"] is { Kind: DataKind.Number } strip ? strip.Number : null,
        TargetDir = raw["targetDir"]?.AsString,
    };

    private static bool HasWhatItNeeds(SkillInstallSpec spec) => spec.Kind switch
    {
        "brew" => spec.Formula is not null,
        "node" or "uv" => spec.Package is not null,
        "go" => spec.Module is not null,
        _ => spec.Url is not null,
    };

    private static bool TryDigest(string kind, DataNode? node, out string? digest)
    {
        digest = null;
        if (kind != "download" || node is null) return true;
        digest = JsText.Trim(node.AsString ?? "").ToLowerInvariant();
        return digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower);
    }

    private static string? NonEmpty(DataNode? node) => node?.AsString is { Length: > 0 } text ? text : null;
}
