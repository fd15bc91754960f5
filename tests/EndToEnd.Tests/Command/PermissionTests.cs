using System.Text.Json;

namespace ClawGrains.EndToEnd.Tests.Command;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PermissionTests : IDisposable
{
    private const UnixFileMode Nothing = UnixFileMode.None;
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    private const UnixFileMode Everything = ReadOnly | UnixFileMode.UserWrite;

    private readonly Claw _claw = new() { WithoutPrivileges = true };
    private readonly List<string> _shut = [];

    public void Dispose()
    {
        foreach (var path in _shut) File.SetUnixFileMode(path, Everything);
        _claw.Dispose();
    }

    [ProgramFact(Unprivileged.Program)]
    public async Task List_UnreadableDirectoryAndFile_AreReportedAndTheOthersListed()
    {
        _claw.Home.WriteSkill("work/skills/good", "good");
        Shut(Path.GetDirectoryName(_claw.Home.WriteSkill("work/skills/shut", "shut"))!, Nothing);
        var file = Shut(_claw.Home.WriteSkill("work/skills/file", "file"), Nothing);
        var list = (await _claw.RunAsync("skill", "list", "--json")).ShouldSucceed().Json;
        Names(list.GetProperty("skills"), "name").ShouldContain("good");
        Names(list.GetProperty("invalid"), "path").ShouldBe([file, Path.Combine(_claw.Workspace, "skills/shut")], ignoreOrder: true);
        foreach (var invalid in list.GetProperty("invalid").EnumerateArray())
            invalid.GetProperty("reason").GetString()!.ShouldContain("cannot be read");
    }

    [ProgramFact(Unprivileged.Program)]
    public async Task Validate_UnreadableDirectory_FailsAndNamesIt()
    {
        Shut(Path.GetDirectoryName(_claw.Home.WriteSkill("work/skills/shut", "shut"))!, Nothing);
        var result = (await _claw.RunAsync("skill", "validate", "skills")).ShouldFail();
        (result.Output + result.Error).ShouldContain("skills/shut:1:1: the directory cannot be read");
    }

    [ProgramFact(Unprivileged.Program)]
    public async Task Serve_UnreadableSkills_ServesTheOthers()
    {
        _claw.Home.WriteSkill("work/skills/good", "good");
        Shut(Path.GetDirectoryName(_claw.Home.WriteSkill("work/skills/shut", "shut"))!, Nothing);
        await using var host = await _claw.ServeAsync();
        var list = (await _claw.RunAsync("skill", "list", "--json")).ShouldSucceed().Json;
        list.GetProperty("host").GetString().ShouldBe(host.Url);
        Names(list.GetProperty("skills"), "name").ShouldContain("good");
        Names(list.GetProperty("invalid"), "path").ShouldBe([Path.Combine(_claw.Workspace, "skills/shut")]);
    }

    [ProgramFact(Unprivileged.Program)]
    public async Task Serve_DataDirectoryThatCantBeWritten_SaysWhichAndWhatToDo()
    {
        Directory.CreateDirectory(_claw.Data);
        Shut(_claw.Data, ReadOnly);
        var error = (await _claw.RunAsync("serve", "--port", "0")).ShouldFail().Error;
        error.ShouldContain(_claw.Data);
        error.ShouldContain("--data");
        (await _claw.RunAsync("doctor")).ShouldFail().Output.ShouldContain($"{_claw.Data} can't be written");
    }

    [StateFact(Unprivileged.Program)]
    public async Task Serve_UnreadableState_IsRefusedAndLeftAsItIs()
    {
        var state = Shut(_claw.Home.Write("data/state.db", "precious"), Nothing);
        (await _claw.RunAsync("serve", "--port", "0")).ShouldFail().Error.ShouldContain(state);
        File.SetUnixFileMode(state, Everything);
        (await File.ReadAllTextAsync(state)).ShouldBe("precious");
    }

    [ProgramFact(Unprivileged.Program)]
    public async Task Install_IntoADirectoryThatCantBeWritten_FailsAndLosesNothing()
    {
        var old = _claw.Home.WriteSkill("data/skills/tides", "tides", "Old.");
        var source = Path.GetDirectoryName(_claw.Home.WriteSkill("elsewhere/tides", "tides", "New."))!;
        var managed = Shut(Path.Combine(_claw.Data, "skills"), ReadOnly);
        (await _claw.RunAsync("skill", "install", source, "--yes")).ShouldFail().Error.ShouldContain(managed);
        (await _claw.RunAsync("skill", "remove", "tides")).ShouldFail().Error.ShouldContain(managed);
        (await File.ReadAllTextAsync(old)).ShouldContain("Old.");
    }

    private string Shut(string path, UnixFileMode mode)
    {
        File.SetUnixFileMode(path, mode);
        _shut.Add(path);
        return path;
    }

    private static string[] Names(JsonElement rows, string key) => [.. rows.EnumerateArray().Select(r => r.GetProperty(key).GetString()!)];
}
