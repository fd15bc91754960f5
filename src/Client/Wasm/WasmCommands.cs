using System.CommandLine;

namespace ClawGrains.Client.Wasm;

/// <summary><c>claw wasm</c>: core WebAssembly modules by hand.</summary>
internal static class WasmCommands
{
    public static Command Create() => new("wasm", "Run and inspect WebAssembly modules")
    {
        WasmRunCommand.Create(),
        WasmInspectCommand.Create(),
    };

    /// <summary>The module's file, which must exist.</summary>
    internal static Argument<FileInfo> FileArgument() =>
        new Argument<FileInfo>("FILE") { Description = "A module in the binary format (.wasm)" }.AcceptExistingOnly();
}
