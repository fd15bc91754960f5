using System.Text.Json;
using ClawGrains.Client.Mcp.Approvals;
using ClawGrains.Interfaces;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Tests.Mcp.Approvals;

public sealed class ApprovalFormTests
{
    private static readonly Approval Waiting = new()
    {
        Id = "tides-123456", Kind = ApprovalKinds.Skill, Subject = "tides\u001b[2J", RequestedBy = "ada", Reasons = ["it runs programs: program gh"], Growth = ["program gh"],
    };

    [Fact]
    public void Of_Approval_TellsWhatItAsksForOnOneLineEach()
    {
        var form = ApprovalForm.Of(Waiting);
        form.Message.ShouldContain("tides-123456");
        form.Message.ShouldContain("- asks for: program gh");
        form.Message.ShouldNotContain("\u001b");
        form.RequestedSchema!.Required.ShouldBe(["decision"]);
    }

    [Theory]
    [InlineData("accept", "approve", true)]
    [InlineData("accept", "reject", false)]
    [InlineData("accept", "decide later", null)]
    [InlineData("decline", "approve", null)]
    [InlineData("cancel", "approve", null)]
    public void Decision_OnlyAnAcceptedFormDecides(string action, string value, bool? approve)
    {
        var answer = new ElicitResult { Action = action, Content = new Dictionary<string, JsonElement> { ["decision"] = JsonSerializer.SerializeToElement(value), ["reason"] = JsonSerializer.SerializeToElement("why") } };
        var decision = ApprovalForm.Decision(Waiting, answer, "inspector");
        decision?.Approve.ShouldBe(approve!.Value);
        (decision is null).ShouldBe(approve is null);
        if (decision is not null) (decision.By, decision.Reason).ShouldBe(("mcp:inspector", "why"));
    }
}
