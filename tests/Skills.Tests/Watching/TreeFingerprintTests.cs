using ClawGrains.Skills.Watching;

namespace ClawGrains.Skills.Tests.Watching;

public sealed class TreeFingerprintTests : IDisposable
{
    private static readonly DateTime Fixed = DateTime.UnixEpoch;
    private readonly TemporaryDirectory _root = new();

    [Fact]
    public void Of_NothingChanged_IsTheSame()
    {
        _root.WriteSkill("weather", "weather");
        Print().ShouldBe(Print());
    }

    [Fact]
    public void Of_MissingAndEmptyRoot_Differ() => TreeFingerprint.Of(_root.Path).ShouldNotBe(TreeFingerprint.Of(Path.Combine(_root.Path, "none")));

    [Fact]
    public void Of_EachKindOfChange_Differs()
    {
        var skill = _root.WriteSkill("weather", "weather");
        List<ulong> prints = [Print()];
        Do(() => File.AppendAllText(skill, "more"));
        Do(() => _root.Write("weather/reference.md", "x"));
        Do(() => Directory.Move(Path.Combine(_root.Path, "weather"), Path.Combine(_root.Path, "rain")));
        Do(() => Directory.CreateDirectory(Path.Combine(_root.Path, "empty")));
        Do(() => File.Delete(Path.Combine(_root.Path, "rain", "reference.md")));
        prints.Distinct().Count().ShouldBe(prints.Count);

        void Do(Action change)
        {
            change();
            prints.Add(Print());
        }
    }

    [Fact]
    public void Of_FileReplacedBySameSizeAndTime_Differs()
    {
        if (!OperatingSystem.IsLinux()) return;
        var skill = _root.Write("weather/SKILL.md", "aaaa");
        File.SetLastWriteTimeUtc(skill, Fixed);
        var other = _root.Write("weather/SKILL.md.tmp", "bbbb");
        File.SetLastWriteTimeUtc(other, Fixed);
        Directory.SetLastWriteTimeUtc(Path.Combine(_root.Path, "weather"), Fixed);
        var before = Print();
        File.Move(other, skill, overwrite: true);
        Directory.SetLastWriteTimeUtc(Path.Combine(_root.Path, "weather"), Fixed);
        Print().ShouldNotBe(before);
    }

    [Fact]
    public void Of_ConfigMapSwap_Differs()
    {
        _root.Write("..1/SKILL.md", "one");
        _root.Write("..2/SKILL.md", "two");
        var data = Path.Combine(_root.Path, "..data");
        Directory.CreateSymbolicLink(data, "..1");
        File.CreateSymbolicLink(Path.Combine(_root.Path, "SKILL.md"), "..data/SKILL.md");
        var before = Print();
        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "..2");
        Print().ShouldNotBe(before);
    }

    [Fact]
    public void Of_LinkInACircle_Ends()
    {
        _root.WriteSkill("weather", "weather");
        Directory.CreateSymbolicLink(Path.Combine(_root.Path, "weather", "loop"), _root.Path);
        Print().ShouldBe(Print());
    }

    public void Dispose() => _root.Dispose();

    private ulong Print() => TreeFingerprint.Of(_root.Path);
}
