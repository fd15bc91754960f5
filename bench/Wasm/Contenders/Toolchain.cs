using System.Diagnostics;

namespace ClawGrains.Wasm.Bench.Contenders;

/// <summary>The other programs of a comparison, where they are on the PATH.</summary>
internal static class Toolchain
{
    public static string? Gcc { get; } = Find("gcc");

    public static string? Node { get; } = Find("node");

    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Scripts", name);

    /// <summary>Builds a kernel for this machine, with the flags the wasm build has, into the temporary folder.</summary>
    public static string BuildNative(Kernel kernel)
    {
        var program = Path.Combine(Path.GetTempPath(), $"clawgrains-bench-{kernel.Name}");
        string[] arguments =
        [
            "-O2", "-fno-builtin", "-fno-tree-loop-distribute-patterns", "-o", program,
            kernel.SourceFile, Path.Combine(Kernel.Folder, "native.c"), "-lm",
        ];
        using var build = Process.Start(Gcc!, arguments);
        build.WaitForExit();
        return build.ExitCode == 0 ? program : throw new InvalidOperationException($"gcc could not build {kernel.SourceFile}.");
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(d => Path.Combine(d, name)).FirstOrDefault(File.Exists);
}
