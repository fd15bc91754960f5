using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using ClawGrains.Client.Connection;

namespace ClawGrains.Client.Plugins;

/// <summary>What <c>claw plugin new --json</c> prints.</summary>
internal sealed record PluginProject(string Directory, ImmutableArray<string> Files)
{
    public const string AssemblyScript = "assemblyscript";
    public const string C = "c";

    /// <summary>Writes a plugin's sources, made of the samples, into a new directory.</summary>
    public static PluginProject Create(string directory, string id, string language)
    {
        if (System.IO.Directory.Exists(directory) && System.IO.Directory.EnumerateFileSystemEntries(directory).Any())
            throw new CommandException($"{directory} is there and not empty. Choose another name, or empty it first.", "exists");
        var files = Sources(id, language);
        foreach (var (path, text) in files) Write(Path.Combine(directory, path), text);
        return new PluginProject(directory, [.. files.Keys.Where(f => f != ".claw").Order(StringComparer.Ordinal)]);
    }

    private static Dictionary<string, string> Sources(string id, string language)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["clawgrains.plugin.json"] = Manifest(id),
            ["wit/plugin.wit"] = Read("plugin.wit"),
            ["package.json"] = Package(id, language),
            ["package-lock.json"] = Read("assemblyscript/package-lock.json").Replace("clawgrains-sample-plugin", id.ToLowerInvariant(), StringComparison.Ordinal),
            ["make-component.mjs"] = Read("assemblyscript/make-component.mjs").Replace("../../../wit/clawft-plugin/plugin.wit", "wit/plugin.wit", StringComparison.Ordinal),
            ["test.mjs"] = Read("test.mjs"),
            ["README.md"] = Read("README.md").Replace("NAME", id, StringComparison.Ordinal)
                .Replace("BUILDS_WITH", language == C ? "needs clang-19 and lld-19" : "plugin.ts becomes plugin.wasm", StringComparison.Ordinal),
            [".gitignore"] = "node_modules/\nbuild/\n.claw\n",
        };
        // Where the test finds the command, on this machine alone.
        if (Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "claw") files[".claw"] = self;
        if (language == C)
        {
            files["plugin.c"] = Named(Read("c/plugin.c"), id);
            files["build.sh"] = Read("c/build.sh").Replace(", and the node modules of ../assemblyscript", " and `npm ci`", StringComparison.Ordinal).Replace("../assemblyscript/", "", StringComparison.Ordinal);
        }
        else files["plugin.ts"] = Named(Read("assemblyscript/plugin.ts"), id);
        return files;
    }

    private static string Named(string source, string id) => source.Replace("""\"name\":\"sample\",""", $"""\"name\":\"{id}\",""", StringComparison.Ordinal);

    private static string Manifest(string id) => $$"""
        {
          "$schema": "https://clawgrains.dev/schemas/plugin-manifest.schema.json",
          "id": "{{id}}",
          "name": "{{id}}",
          "version": "0.1.0",
          "description": "Counts words and echoes its parameters.",
          "wit_package": "clawft:plugin@0.1.0",
          "capabilities": ["tool"],
          "permissions": {}
        }

        """;

    private static string Package(string id, string language)
    {
        var package = JsonNode.Parse(Read("assemblyscript/package.json"))!.AsObject();
        package["name"] = id.ToLowerInvariant();
        if (language == C) package["scripts"]!["build"] = "sh build.sh";
        package["scripts"]!["test"] = "node test.mjs";
        return package.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static string Read(string name)
    {
        using var resource = typeof(PluginProject).Assembly.GetManifestResourceStream($"plugin/{name}") ?? throw new InvalidOperationException($"BUG: no template {name}.");
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static void Write(string path, string text)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
