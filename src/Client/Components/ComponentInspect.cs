using System.CommandLine;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Output;
using ClawGrains.Components;
using ClawGrains.Wasm;

namespace ClawGrains.Client.Components;

/// <summary><c>claw wasm inspect</c> of a component.</summary>
internal static class ComponentInspect
{
    public static ComponentInspection Describe(string file, byte[] bytes, int compressed)
    {
        using var engine = new Engine(new EngineOptions { CacheBytes = 0 });
        var component = Component.Load(engine, bytes);
        return new ComponentInspection(
            file, "component", bytes.Length, compressed, [.. component.Imports], [.. component.Exports], [.. component.Functions.Select(Describe)]);
    }

    public static void Write(ParseResult call, ComponentInspection report)
    {
        var output = call.InvocationConfiguration.Output;
        if (CommonOptions.WantsJson(call)) output.WriteLine(PlainJson.Indented(report, ComponentJson.Default.ComponentInspection));
        else WriteText(output, report);
    }

    private static FunctionReport Describe(ComponentFunctionType type) => type.HasJsonForm
        ? new(type.Name, type.ToString(), type.ParametersSchema(), type.ResultSchema())
        : new(type.Name, type.ToString(), null, null);

    private static void WriteText(TextWriter output, ComponentInspection report)
    {
        output.WriteLine($"{Terminal.Plain(report.File)}: component, {report.Size:N0} bytes, {report.Compressed:N0} with gzip");
        WriteTable(output, ["IMPORT"], report.Imports.Select(i => new[] { i }));
        WriteTable(output, ["EXPORT"], report.Exports.Select(e => new[] { e }));
        WriteTable(output, ["FUNCTION", "TYPE"], report.Functions.Select(f => new[] { f.Name, f.Type }));
    }

    private static void WriteTable(TextWriter output, string[] headings, IEnumerable<string[]> rows)
    {
        var all = rows.ToArray();
        if (all.Length == 0) return;
        var table = new Output.Table(headings);
        foreach (var row in all) table.Add(row);
        output.WriteLine();
        table.Write(output);
    }
}
