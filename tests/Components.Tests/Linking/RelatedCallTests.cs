namespace ClawGrains.Components.Tests.Linking;

/// <summary>Who may call whom within one component, and what of a call's context slots another call sees.</summary>
public sealed class RelatedCallTests : IDisposable
{
    private readonly ComponentInstance _instance = new ComponentLinker().Instantiate(Component.Load(Fixture.Engine, Fixture.Data("related.wasm")));

    public void Dispose() => _instance.Dispose();

    [Theory]
    [InlineData("parent-to-child()")]
    [InlineData("child-to-parent()")]
    public void Call_BetweenAComponentAndWhatItWraps_Traps(string call) =>
        Should.Throw<ComponentTrapException>(() => _instance.Invoke(call)).Message.ShouldBe("cannot enter component instance");

    [Fact]
    public void Call_BetweenSiblings_Succeeds() => _instance.Invoke("sibling-to-sibling()").ShouldBeNull();

    [Fact]
    public void Context_OfEachCall_BeginsAtZeroAndIsKeptUntilPostReturn()
    {
        for (var i = 0; i < 2; i++) _instance.Invoke("context(\"x\")").ShouldBe("0");
        _instance.GetFunction("context").ToDelegate<Func<string, uint>>()("x").ShouldBe(0u);
    }
}
