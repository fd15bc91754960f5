using System.CommandLine;

namespace ClawGrains.Client.Commands;

/// <summary><c>claw skill …</c></summary>
internal static class SkillCommands
{
    public static Command Create() => new("skill", "List, check, install and remove skills")
    {
        SkillListCommand.Create(),
        SkillShowCommand.Create(),
        SkillValidateCommand.Create(),
        SkillInstallCommand.Create(),
        SkillRemoveCommand.Create(),
        SkillSnapshotsCommand.Create(),
        SkillRollbackCommand.Create(),
    };
}
