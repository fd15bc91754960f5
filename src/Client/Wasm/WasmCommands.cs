using System.CommandLine;
using System.CommandLine.Parsing;

namespace ClawGrains.Client.Wasm;

/// <summary><c>claw wasm</c>: WebAssembly modules and components by hand.</summary>
internal static class WasmCommands
{
    public static Command Create() => new("wasm", "Run and inspect WebAssembly modules and components")
    {
        WasmRunCommand.Create(),
        WasmInspectCommand.Create(),
        Components.WitCommand.Create(),
    };

    /// <summary>The module's file, which must exist.</summary>
    internal static Argument<FileInfo> FileArgument(string what = "A module or component") =>
        new Argument<FileInfo>("FILE")
        {
            Description = $"{what} in the binary format (.wasm)",
            Validators = { RequireFile },
        }.AcceptExistingOnly();

    private static void RequireFile(ArgumentResult result)
    {
        foreach (var token in result.Tokens)
            if (Directory.Exists(token.Value)) result.AddError($"'{token.Value}' is a directory, not a module or component");
    }
}
