using System.Diagnostics;
using System.Security.Cryptography;

namespace ClawGrains.Wasm.Spec.Tests.Official;

/// <summary>
/// The official suite as JSON: unpacked and converted once, then kept under the temporary folder by the hash of what it is
/// made from.
/// </summary>
internal static class SpecSuite
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly Lazy<(string? Folder, string? Reason)> Converted = new(Convert);

    /// <summary>The folder of scripts; null where <see cref="Reason"/> says why there is none.</summary>
    public static string? Folder => Converted.Value.Folder;

    public static string? Reason => Converted.Value.Reason;

    private static (string? Folder, string? Reason) Convert()
    {
        if (TestData.Find("wasm-spec-2.0.tar.xz") is not { } archive)
            return (null, "test data wasm-spec-2.0.tar.xz not found: set CLAWGRAINS_TEST_DATA");
        if (TestData.Find("..", "tools", "wast2json") is not { } tool) return (null, "tools/wast2json not found beside the test data");
        var missing = new[] { "node", "npm", "tar", "xz" }.Where(p => Programs.Find(p) is null).ToArray();
        if (missing.Length > 0) return (null, $"not on the PATH: {string.Join(", ", missing)}");
        var folder = Path.Combine(Path.GetTempPath(), $"clawgrains-wasm-spec-{Hash(archive, tool)}");
        return Directory.Exists(folder) ? (folder, null) : Convert(archive, tool, folder);
    }

    /// <summary>Made in a folder of its own and moved when whole, so that two runs can't meet half of it.</summary>
    private static (string? Folder, string? Reason) Convert(string archive, string tool, string folder)
    {
        var work = Directory.CreateTempSubdirectory("clawgrains-wasm-spec-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(tool)) File.Copy(file, Path.Combine(work, Path.GetFileName(file)));
            var suite = Directory.CreateDirectory(Path.Combine(work, "suite")).FullName;
            var reason = Run(work, "tar", "-xJf", archive, "-C", suite)
                ?? Run(work, "npm", "ci", "--no-audit", "--no-fund")
                ?? Run(work, "node", "wast2json.mjs", "suite", "json");
            if (reason is not null) return (null, reason);
            if (!Directory.Exists(folder)) Directory.Move(Path.Combine(work, "json"), folder);
            return (folder, null);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static string Hash(string archive, string tool)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(tool).Order(StringComparer.Ordinal).Prepend(archive)) hash.AppendData(File.ReadAllBytes(file));
        return System.Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>Why it failed, or null.</summary>
    private static string? Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            return $"{program} took more than {Limit.TotalMinutes} minutes";
        }
        return process.ExitCode == 0 ? null : $"{program} {string.Join(' ', arguments)}: {error.Result.Trim()}";
    }
}

/// <summary>A fact that needs the official suite; skipped, with the reason, where it can't be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SpecSuiteFactAttribute : FactAttribute
{
    public SpecSuiteFactAttribute() => Skip = SpecSuite.Reason!;
}
