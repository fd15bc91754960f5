using System.Text;
using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Manifest;

/// <summary>Reads plugin manifests: ours, clawft's and ZeroClaw's, in JSON, YAML and TOML. Safe for any number of threads.</summary>
public sealed class ManifestReader
{
    /// <summary>The file names looked for in a package, the first that is there counting.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
    [
        "clawgrains.plugin.json", "clawgrains.plugin.yaml", "clawgrains.plugin.yml", "clawft.plugin.json", "clawft.plugin.yaml",
        "zeroclaw.plugin.toml", "zeroclaw.plugin.json", "zeroclaw.plugin.yaml",
    ];

    // ZeroClaw takes any *.plugin.toml and *.plugin.json, and in later versions manifest.toml.
    private static readonly string[] ForeignEndings = [".plugin.toml", ".plugin.json"];
    private static readonly string[] ForeignNames = ["manifest.toml", "plugin.toml"];

    /// <summary>The manifest among a package's paths; null where there is none.</summary>
    public static string? FindIn(IReadOnlyCollection<string> paths) =>
        FileNames.FirstOrDefault(paths.Contains)
        ?? paths.Where(p => !p.Contains('/', StringComparison.Ordinal) && Array.Exists(ForeignEndings, e => p.EndsWith(e, StringComparison.Ordinal))).Order(StringComparer.Ordinal).FirstOrDefault()
        ?? ForeignNames.FirstOrDefault(paths.Contains);

    /// <summary>The greatest size of a manifest in bytes.</summary>
    public const int MaxBytes = 256 << 10;

    private readonly ManifestSchema _schema;

    private ManifestReader(ManifestSchema schema) => _schema = schema;

    /// <summary>A reader that validates with <c>docs/schemas/plugin-manifest.schema.json</c>.</summary>
    public static async Task<ManifestReader> CreateAsync(CancellationToken cancellationToken = default) =>
        new(await ManifestSchema.LoadAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Reads one manifest. Never throws for what the text holds.</summary>
    /// <param name="file">The file's name for messages; a <c>.json</c> at its end makes it JSON, <c>.toml</c> TOML, else it is YAML.</param>
    /// <param name="bytes">The text in UTF-8.</param>
    public ManifestResult Read(string file, ReadOnlySpan<byte> bytes)
    {
        var remarks = new DiagnosticList(file);
        var incompatible = false;
        PluginManifest? manifest = null;
        try
        {
            var root = ManifestDialect.Normalize(Parse(file, bytes), remarks);
            _schema.Check(root, remarks);
            if (!remarks.HasErrors)
            {
                var binder = new ManifestBinder(root, remarks);
                manifest = binder.Bind();
                incompatible = binder.Incompatible;
            }
        }
        catch (ManifestSyntaxException e)
        {
            remarks.Add(e.Line, e.Column, "", e.Message, isError: true);
        }
        return Result(manifest, remarks, incompatible);
    }

    private static ManifestNode Parse(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes) throw new ManifestSyntaxException($"{bytes.Length} bytes; at most {MaxBytes} are read", 1, 1);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        if (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return JsonManifestText.Read(bytes);
        var text = Encoding.UTF8.GetString(bytes);
        return file.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) ? TomlManifestText.Read(text) : YamlManifestText.Read(text);
    }

    private static ManifestResult Result(PluginManifest? manifest, DiagnosticList remarks, bool incompatible)
    {
        var all = remarks.Ordered;
        var errors = all.Where(d => d.IsError).ToArray();
        var kind = incompatible && errors.All(e => e.Field == "wit_package") ? PluginErrorKind.Incompatible : PluginErrorKind.InvalidManifest;
        return new ManifestResult
        {
            Manifest = errors.Length == 0 ? manifest : null,
            Diagnostics = all,
            Error = errors.Length == 0 ? null : new PluginError(kind, string.Join('\n', errors.Select(e => e.ToString()))),
        };
    }
}
