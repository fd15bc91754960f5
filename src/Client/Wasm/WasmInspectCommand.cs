using System.CommandLine;
using System.IO.Compression;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Components;
using ClawGrains.Client.Output;
using ClawGrains.Components;
using ClawGrains.Wasm;

namespace ClawGrains.Client.Wasm;

/// <summary><c>claw wasm inspect</c>: what a module or component needs, offers and is made of.</summary>
internal static class WasmInspectCommand
{
    private static readonly Argument<FileInfo> _file = WasmCommands.FileArgument();

    public static Command Create()
    {
        var command = new Command("inspect", "Show what a module or component imports, exports and is made of") { _file };
        command.SetAction(call => Inspect(call));
        return command;
    }

    private static int Inspect(ParseResult call)
    {
        var file = call.GetRequiredValue(_file);
        try
        {
            var bytes = File.ReadAllBytes(file.FullName);
            if (Component.IsComponent(bytes)) ComponentInspect.Write(call, ComponentInspect.Describe(file.ToString(), bytes, Compressed(bytes)));
            else Write(call, Describe(file.ToString(), bytes));
            return CommandLine.Done;
        }
        catch (ComponentException e)
        {
            return Fail(call, ComponentErrors.Describe(e));
        }
        catch (Exception e) when (e is DecodeException or ValidationException)
        {
            var code = e is DecodeException ? "malformed" : "invalid";
            return Fail(call, new RunError(code, $"{(code == "malformed" ? "not a module" : "not valid")}: {e.Message}"));
        }
    }

    private static int Fail(ParseResult call, RunError error)
    {
        if (CommonOptions.WantsJson(call))
            call.InvocationConfiguration.Output.WriteLine(
                PlainJson.Indented(new RunReport([], null, error), WasmJson.Default.RunReport));
        else call.InvocationConfiguration.Error.WriteLine($"claw: {Terminal.Plain(error.Message)}");
        return CommandLine.Failed;
    }

    private static ModuleReport Describe(string file, byte[] bytes)
    {
        using var engine = new Engine(new EngineOptions { CacheBytes = 0 });
        var module = engine.Compile(bytes, WasmFeatures.All);
        return new ModuleReport(
            file, module.Size, Compressed(bytes), module.Names.Module, module.FunctionCount, module.Features,
            [.. module.Imports.Select(i => new ImportReport(i.Module, i.Name, Kind(i.Type), Describe(i.Type)))],
            [.. module.Exports.Select(e => new ExportReport(e.Name, Kind(e.Type), Describe(e.Type)))],
            [.. SectionReader.Read(bytes)]);
    }

    private static int Compressed(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        return (int)output.Length;
    }

    private static string Kind(ExternType type) => type switch
    {
        FunctionType => "func",
        MemoryType => "memory",
        TableType => "table",
        TagType => "tag",
        _ => "global",
    };

    private static string Describe(ExternType type) => type switch
    {
        MemoryType m => $"{Describe(m.Limits)} pages",
        TableType t => $"{Describe(t.Limits)} {ValueText.Name(t.Element)}",
        TagType t => t.Type.ToString(),
        GlobalType g => g.IsMutable ? $"mut {ValueText.Name(g.Content)}" : ValueText.Name(g.Content),
        _ => type.ToString(),
    };

    private static string Describe(Limits limits) =>
        limits.Maximum is { } maximum ? $"{limits.Minimum} to {maximum}" : $"{limits.Minimum} or more";

    private static void Write(ParseResult call, ModuleReport report)
    {
        var output = call.InvocationConfiguration.Output;
        if (CommonOptions.WantsJson(call)) output.WriteLine(PlainJson.Indented(report, WasmJson.Default.ModuleReport));
        else WriteText(output, report);
    }

    private static void WriteText(TextWriter output, ModuleReport report)
    {
        output.WriteLine($"{Terminal.Plain(report.File)}: {report.Size:N0} bytes, {report.Compressed:N0} with gzip, {report.Functions:N0} functions");
        if (report.Name is { } name) output.WriteLine($"name: {Terminal.Plain(name)}");
        output.WriteLine($"features: {(report.Features.IsEmpty ? "none beyond 1.0" : string.Join(", ", report.Features))}");
        WriteTable(output, ["IMPORT", "KIND", "TYPE"], report.Imports.Select(i => new[] { $"{i.Module}.{i.Name}", i.Kind, i.Type }));
        WriteTable(output, ["EXPORT", "KIND", "TYPE"], report.Exports.Select(e => new[] { e.Name, e.Kind, e.Type }));
        WriteTable(output, ["SECTION", "OFFSET", "SIZE"], report.Sections.Select(s => new[] { s.Name, $"0x{s.Offset:x}", $"{s.Size:N0}" }));
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
