using ClawGrains.Sandbox.Logging;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

public sealed class EnvironmentAndLogAttacks
{
    [Fact]
    public async Task T23_AllowedVariableThatIsSet_GivesItsValue() => (await Get("APP_MODE", "APP_MODE")).ShouldBe("test");

    [Fact]
    public async Task T24_AllowedVariableThatIsUnset_GivesNone() => (await Get("UNSET", "UNSET")).ShouldBe("null");

    [Fact]
    public async Task T25_VariableNotAllowed_GivesNone() => (await Get("HOME", "APP_MODE")).ShouldBe("null");

    [Fact]
    public async Task T26_ApiKeyNotAllowed_GivesNone()
    {
        (await Get("OPENAI_API_KEY", "APP_MODE")).ShouldBe("null");
        (await Get("OPENAI_API_KEY", "*")).ShouldBe("null");
        (await Get("OPENAI_API_KEY", "OPENAI_*")).ShouldBe("null");
        (await Get("OPENAI_API_KEY", "OPENAI_API_KEY")).ShouldBe("sk-x");
    }

    [Fact]
    public async Task T27_NoEnvironmentPermission_GivesNone() => (await Get("APP_MODE")).ShouldBe("null");

    [Fact]
    public async Task T33_HundredLinesInAMinute_AllLogged()
    {
        await using var host = new Host { Time = new ManualTime() };
        await host.Run(Host.Plugin(), "log", new { message = "line", times = "100" });
        host.Lines.Count(l => l.Message == "line").ShouldBe(100);
    }

    [Fact]
    public async Task T34_FurtherLines_DroppedWithOneWarning()
    {
        await using var host = new Host { Time = new ManualTime() };
        await host.Run(Host.Plugin(), "log", new { message = "line", times = "150" });
        host.Lines.Count(l => l.Message == "line").ShouldBe(100);
        host.Lines.Where(l => l.Message != "line").ShouldHaveSingleItem().Level.ShouldBe(GuestLogLevel.Warning);
    }

    [Fact]
    public async Task T35_LineBeyondFourKilobytes_CutAndMarked()
    {
        await using var host = new Host();
        await host.Run(Host.Plugin(), "log", new { bytes = "5000" });
        var line = host.Lines.ShouldHaveSingleItem().Message;
        System.Text.Encoding.UTF8.GetByteCount(line).ShouldBeInRange(4000, 4096);
        line.ShouldEndWith("[cut]");
    }

    [Fact]
    public async Task LogLine_WithLineBreaks_CannotForgeAnother()
    {
        await using var host = new Host();
        await host.Run(Host.Plugin(), "log", new { message = "a\r\n2026-01-01 INFO forged" });
        host.Lines.ShouldHaveSingleItem().Message.ShouldBe("a\\r\\n2026-01-01 INFO forged");
    }

    [Theory]
    [InlineData("a\u2028INFO forged")]
    [InlineData("a\u2029INFO forged")]
    [InlineData("a\u0085INFO forged")]
    [InlineData("a\u000BINFO forged")]
    [InlineData("a\u000CINFO forged")]
    [InlineData("a\u001B[2K\u001B[1AINFO forged")]
    [InlineData("a\u009B2KINFO forged")]
    [InlineData("a\u202EINFO forged")]
    [InlineData("a\u061CINFO forged")]
    [InlineData("a\u2060INFO forged")]
    [InlineData("a\0INFO forged")]
    public async Task LogLine_WithWhatSomeTakeForALineOrHide_IsWrittenOut(string message)
    {
        await using var host = new Host();
        await host.RunRaw(Host.Plugin(), "log", ("message", message));
        var line = host.Lines.ShouldHaveSingleItem().Message;
        line.ShouldAllBe(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format
            && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.LineSeparator && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.ParagraphSeparator);
        line.ShouldEndWith("INFO forged");
    }

    [Theory]
    [InlineData("openai_api_key")]
    [InlineData("Github_Token")]
    [InlineData("db_password")]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    [InlineData("MyConnectionString")]
    [InlineData("ssh_auth_sock")]
    public async Task SecretiveName_InAnyCase_NeedsNamingWhole(string name)
    {
        await using var host = new Host { Variables = { [name] = "s3cr3t" } };
        foreach (var pattern in new[] { "*", name[..3] + "*", "*" + name[^3..], name.ToUpperInvariant() == name ? name.ToLowerInvariant() : name.ToUpperInvariant() })
            (await host.Run(Host.Plugin(new PluginPermissions { Environment = [pattern] }), "env", new { name })).Result.ShouldBe("null", pattern);
        (await host.Run(Host.Plugin(new PluginPermissions { Environment = [name] }), "env", new { name })).Result.ShouldBe("s3cr3t");
    }

    private static async Task<string?> Get(string name, params string[] permitted)
    {
        await using var host = new Host { Variables = { ["APP_MODE"] = "test", ["OPENAI_API_KEY"] = "sk-x", ["HOME"] = "/root" } };
        return (await host.Run(Host.Plugin(new PluginPermissions { Environment = [.. permitted] }), "env", new { name })).Result;
    }
}
