using System.CommandLine;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Wasm;

namespace ClawGrains.Client.Tests.Components;

/// <summary><c>claw wasm …</c> in this process.</summary>
internal static class ComponentCommand
{
    public static ParseResult Parse(params string[] words)
    {
        var root = new RootCommand();
        CommonOptions.AddTo(root);
        root.Add(WasmCommands.Create());
        return root.Parse(["wasm", .. words]);
    }

    public static (int Code, string Output, string Error) Run(params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = Parse(words).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }
}
