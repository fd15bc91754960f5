using System.CommandLine;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

/// <summary><c>claw skill …</c></summary>
internal static class SkillCommands
{
    public static Command Create() => new("skill", "Find, install, update, check and remove skills")
    {
        CommonOptions.Tenant,
        SkillListCommand.Create(),
        SkillShowCommand.Create(),
        SkillWhyCommand.Create(),
        SkillValidateCommand.Create(),
        SkillSearchCommand.Create(),
        SkillInstallCommand.Create(),
        SkillUpdateCommand.Create(),
        ImportCommands.Skills(),
        SkillNewCommand.Create(),
        ApprovalCommands.Decide("approve", approve: true, ApprovalKinds.Skill),
        ApprovalCommands.Decide("reject", approve: false, ApprovalKinds.Skill),
        SkillAutogenCommands.Create(),
        SkillRemoveCommand.Create(),
        SkillSnapshotsCommand.Create(),
        SkillRollbackCommand.Create(),
    };
}
