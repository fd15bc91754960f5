using ClawGrains.Components.Linking;
using ClawGrains.Components.Validation;

namespace ClawGrains.Components.Tests.Validation;

public sealed class ExternNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("a1-2-3")]
    [InlineData("A-B-c")]
    [InlineData("[method]a.b")]
    [InlineData("[constructor]a-b")]
    [InlineData("wasi:http/types@0.2.0")]
    [InlineData("a-b:c-d/e-F@1.0.0-rc.1+build")]
    [InlineData("unlocked-dep=<a:b@{>=1.2.3-rc <2.0.0}>")]
    [InlineData("locked-dep=<a:b@1.2.3>,integrity=<sha256-a>")]
    [InlineData("url=<https://example.com/a.wasm>,integrity=<sha256-a>")]
    [InlineData("integrity=< sha512-a?b sha256-b== >")]
    public void Parse_ValidName_IsAccepted(string name) => ExternName.Parse(name, null, 0).Text.ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("aB")]
    [InlineData("a--b")]
    [InlineData("[method]a")]
    [InlineData("a:b")]
    [InlineData("a:b/c@1.0")]
    [InlineData("a:b/c@01.0.0")]
    [InlineData("unlocked-dep=<a:a@{xyz}>")]
    [InlineData("locked-dep=<a:a@1.2.3>x")]
    [InlineData("url=<<>")]
    [InlineData("integrity=<md5-ABC>")]
    [InlineData("integrity=<sha256-=>")]
    public void Parse_InvalidName_IsRefused(string name) => Should.Throw<ComponentException>(() => ExternName.Parse(name, null, 0));

    [Theory]
    [InlineData("foo-bar", "FOO-bar", true)]
    [InlineData("[method]a.a", "a", true)]
    [InlineData("[method]a.b", "[static]a.b", true)]
    [InlineData("[constructor]a", "a", false)]
    public void Unique_FollowsTheExplainer(string a, string b, bool same) =>
        (ExternName.Parse(a, null, 0).Unique == ExternName.Parse(b, null, 0).Unique).ShouldBe(same);

    [Theory]
    [InlineData("wasi:io/poll@0.2.0", "wasi:io/poll@0.2.6", true)]
    [InlineData("wasi:io/poll@0.2.0", "wasi:io/poll@0.3.0", false)]
    [InlineData("a:b/c@1.2.0", "a:b/c@1.9.3", true)]
    [InlineData("a:b/c@0.0.1", "a:b/c@0.0.2", false)]
    [InlineData("a:b/c@1.0.0-rc.1", "a:b/c@1.0.0", false)]
    public void Key_CompatibleVersions_AreEqual(string a, string b, bool same) => (CompatibleName.Key(a) == CompatibleName.Key(b)).ShouldBe(same);
}
