using System.Diagnostics;
using ClawGrains.Skills.Review;

namespace ClawGrains.Skills.Tests.Review;

public sealed class TextDiffTests
{
    [Fact]
    public void Unified_SameText_IsEmpty() => TextDiff.Unified("a", "x\n", "x\n").ShouldBe("");

    [Fact]
    public void Unified_OneLineChanged_ShowsThreeLinesAround() =>
        TextDiff.Unified("a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n")
            .ShouldBe("--- old/a.md\n+++ new/a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");

    [Fact]
    public void Unified_ChangesFarApart_AreTwoHunks()
    {
        var lines = Enumerable.Range(1, 30).Select(i => i.ToString()).ToArray();
        var changed = lines.ToArray();
        (changed[2], changed[25]) = ("three", "twenty-six");
        TextDiff.Unified("a", string.Join('\n', lines), string.Join('\n', changed)).Split("@@ -").Length.ShouldBe(3);
    }

    [Fact]
    public void Unified_NewFile_ComesFromNowhere() =>
        TextDiff.Unified("a", null, "x\n").ShouldBe("--- /dev/null\n+++ new/a\n@@ -0,0 +1 @@\n+x\n");

    [Fact]
    public void Unified_RemovedFile_GoesNowhere() =>
        TextDiff.Unified("a", "x\ny\n", null).ShouldBe("--- old/a\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n");

    [ProgramFact("patch")]
    public async Task Unified_RandomTexts_ArePatchedByTheProgram()
    {
        var random = new Random(7);
        for (var round = 0; round < 40; round++)
        {
            using var directory = new TemporaryDirectory();
            var (old, now) = (RandomText(random), RandomText(random));
            var file = directory.Write("file", old);
            var patch = directory.Write("patch", TextDiff.Unified("file", old, now));
            if (old == now) continue;
            using var process = Process.Start(new ProcessStartInfo("patch", ["-s", file, patch]))!;
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0, $"round {round}");
            (File.Exists(file) ? File.ReadAllText(file) : "").ShouldBe(now, $"round {round}");
        }
    }

    private static string RandomText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => $"{random.Next(8)}\n"));
}
