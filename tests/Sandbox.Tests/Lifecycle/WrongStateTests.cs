using ClawGrains.Contracts;
using ClawGrains.Sandbox.Lifecycle;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Tests.Lifecycle;

/// <summary>Steps that a plugin's state does not allow say which it is and what to do.</summary>
public sealed class WrongStateTests
{
    private static readonly Dictionary<string, Func<PluginRecord, PluginRecord>> Steps = new()
    {
        ["approve"] = PluginTransitions.Approve,
        ["reject"] = PluginTransitions.Reject,
        ["enable"] = PluginTransitions.Enable,
        ["disable"] = PluginTransitions.Disable,
        ["rollback"] = PluginTransitions.Rollback,
        ["pin"] = r => PluginTransitions.Pin(r, true),
        ["unpin"] = r => PluginTransitions.Pin(r, false),
        ["remove"] = PluginTransitions.Remove,
    };

    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    [InlineData("enable")]
    [InlineData("disable")]
    [InlineData("rollback")]
    [InlineData("pin")]
    [InlineData("unpin")]
    [InlineData("remove")]
    public void Removed_NoStepButRevokeFindsIt(string step)
    {
        var error = Refusal(step, PluginState.Removed);
        error.Kind.ShouldBe(PluginErrorKind.NotFound);
        error.Message.ShouldBe("plugin demo is not installed, it was removed: install it again, or purge it to forget its packages");
    }

    [Theory]
    [InlineData("enable", PluginState.Pending, "waits for approval: approve or reject it first")]
    [InlineData("disable", PluginState.Pending, "waits for approval: approve or reject it first")]
    [InlineData("pin", PluginState.Pending, "waits for approval: approve or reject it first")]
    [InlineData("enable", PluginState.Revoked, "is revoked for good: it can only be removed")]
    [InlineData("disable", PluginState.Revoked, "is revoked for good: it can only be removed")]
    [InlineData("rollback", PluginState.Revoked, "is revoked for good: it can only be removed")]
    [InlineData("pin", PluginState.Revoked, "is revoked for good: it can only be removed")]
    [InlineData("approve", PluginState.Enabled, "has no waiting version to approve: 1.0.0 is enabled")]
    [InlineData("reject", PluginState.Disabled, "has no waiting version to reject: 1.0.0 is disabled")]
    [InlineData("rollback", PluginState.Enabled, "has no version before 1.0.0 to go back to")]
    public void WrongState_SaysWhichAndWhatToDo(string step, PluginState state, string message)
    {
        var error = Refusal(step, state);
        error.Kind.ShouldBe(PluginErrorKind.PermissionDenied);
        error.Message.ShouldBe($"plugin demo {message}");
    }

    [Theory]
    [InlineData("enable", PluginState.Enabled)]
    [InlineData("disable", PluginState.Disabled)]
    [InlineData("remove", PluginState.Revoked)]
    [InlineData("remove", PluginState.Pending)]
    public void StepThatChangesNothing_OrIsFitting_IsTaken(string step, PluginState state) => Should.NotThrow(() => Steps[step](Record(state)));

    [Fact]
    public void VersionThatWaited_WhenItsPluginWasPinned_IsNotApproved_UntilItIsUnpinned()
    {
        var waiting = PluginTransitions.Install(Record(PluginState.Enabled), "demo", new LockedVersion("1.1.0", new string('c', 64), new string('d', 64), new PluginPermissions { State = true }));
        var pinned = PluginTransitions.Pin(waiting, true);
        Should.Throw<PluginException>(() => PluginTransitions.Approve(pinned)).Message.ShouldBe("plugin demo is pinned to 1.0.0: unpin it first");
        PluginTransitions.Reject(pinned).Candidate.ShouldBeNull();
        PluginTransitions.Approve(PluginTransitions.Pin(pinned, false)).Active!.Version.ShouldBe("1.1.0");
    }

    private static PluginError Refusal(string step, PluginState state) => Should.Throw<PluginException>(() => Steps[step](Record(state))).Error;

    private static PluginRecord Record(PluginState state) => new()
    {
        Id = "demo",
        State = state,
        Active = state == PluginState.Pending ? null : new LockedVersion("1.0.0", new string('a', 64), new string('b', 64), PluginPermissions.None),
    };
}
