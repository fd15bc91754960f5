namespace ClawGrains.Contracts.Tests;

public sealed class IdTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("acme-2", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("Acme", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    public void TenantId_TryParse_TakesDnsLabelsOnly(string text, bool ok) => TenantId.TryParse(text, out _).ShouldBe(ok);

    [Fact]
    public void TenantId_LongerThan63_IsRefused() => TenantId.TryParse(new string('a', 64), out _).ShouldBeFalse();

    [Fact]
    public void TenantId_OfNoValue_IsTheDefaultTenant() => default(TenantId).Value.ShouldBe("default");

    [Theory]
    [InlineData("weather")]
    [InlineData("Wetter ☂")]
    public void SkillName_AnyText_IsTaken(string text) => new SkillName(text).Value.ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void SkillName_EmptyOrControl_IsRefused(string text) => Should.Throw<FormatException>(() => new SkillName(text));

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("0.0.0")]
    [InlineData("1.0.0-rc.1+build.5")]
    public void PluginVersion_RoundTrips(string text) => PluginVersion.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("1.2")]
    [InlineData("01.2.3")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3-")]
    [InlineData("v1.2.3")]
    [InlineData("1.2.99999999999")]
    public void PluginVersion_NotSemVer_IsRefused(string text) => PluginVersion.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void PluginVersion_Order_IsThatOfSemVer11()
    {
        string[] ordered = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
            "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0", "2.0.0"];
        ordered.Reverse().Select(PluginVersion.Parse).Order().Select(v => v.ToString()).ShouldBe(ordered);
    }

    [Fact]
    public void PluginError_EveryKind_HasACodeAndAStatusOfItsOwnCode()
    {
        var codes = Enum.GetValues<PluginErrorKind>().Select(k => new PluginError(k, "x").Code).ToArray();
        codes.Distinct().Count().ShouldBe(codes.Length);
        Enum.GetValues<PluginErrorKind>().ShouldAllBe(k => PluginErrorCodes.HttpStatus(k) >= 400);
    }

    [Fact]
    public void PluginError_Exhaustion_NamesTheResource() =>
        new PluginError(PluginErrorKind.ResourceExhausted, "x", ExhaustedResource.Fuel).Code.ShouldBe("resource_exhausted.fuel");

    [Fact]
    public void Payload_Placeholder_SaysWhatWasSent() =>
        new MessagePayload.Binary("image/png", [1, 2, 3]).Placeholder.ShouldBe("[image/png, 3 bytes]");
}
