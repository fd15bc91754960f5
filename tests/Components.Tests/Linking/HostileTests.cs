namespace ClawGrains.Components.Tests.Linking;

public sealed class HostileTests
{
    [Fact]
    public void Instantiate_ExponentialInstances_EndsInAClearError()
    {
        var bytes = Fixture.Binary([.. Doubling(15), (5, [1, 0, 15, 0])]);
        var component = Component.Load(Fixture.Engine, bytes);
        Should.Throw<ComponentException>(() => new ComponentLinker().Instantiate(component)).Message.ShouldContain("more than 10000 instances");
    }

    [Fact]
    public void Instantiate_FewInstances_Succeeds()
    {
        var bytes = Fixture.Binary([.. Doubling(8), (5, [1, 0, 8, 0])]);
        using var instance = new ComponentLinker().Instantiate(Component.Load(Fixture.Engine, bytes));
        instance.Functions.ShouldBeEmpty();
    }

    /// <summary>Component n makes two instances of component n − 1, which it reaches by an outer alias.</summary>
    private static IEnumerable<(byte, byte[])> Doubling(int count)
    {
        yield return (4, Fixture.Binary());
        for (byte i = 1; i <= count; i++)
            yield return (4, Fixture.Binary((6, [1, 4, 2, 1, (byte)(i - 1)]), (5, [2, 0, 0, 0, 0, 0, 0])));
    }
}
