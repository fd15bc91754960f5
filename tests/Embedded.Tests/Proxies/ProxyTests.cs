using ClawGrains.Embedded.Proxies;

namespace ClawGrains.Embedded.Tests.Proxies;

internal interface IInternalGrain : IGrainWithStringKey
{
    Task<string> Many(int a, long b, string c, Guid d, double e, bool f, DateTime g, int? h, string? i, decimal j);
    ValueTask Nothing();
}

public interface IBase : IGrainWithStringKey
{
    Task<string> Say();
}

public interface IDerived : IBase
{
    Task<string> Say(string text);
}

public interface IWithProperty : IGrainWithStringKey
{
    int Count { get; }
}

public interface IWithGenericMethod : IGrainWithStringKey
{
    Task<T> Get<T>();
}

public interface IWithPlainResult : IGrainWithStringKey
{
    int Get();
}

public interface IWithReference : IGrainWithStringKey
{
    Task Get(ref int x);
}

internal sealed class InternalGrain : Grain, IInternalGrain, IDerived
{
    public Task<string> Many(int a, long b, string c, Guid d, double e, bool f, DateTime g, int? h, string? i, decimal j) =>
        Task.FromResult(string.Join("|", a, b, c, d, e, f, g.Ticks, h, i, j));

    public ValueTask Nothing() => default;

    public Task<string> Say() => Task.FromResult("base");

    public Task<string> Say(string text) => Task.FromResult(text);
}

public sealed class ProxyTests
{
    [Fact]
    public async Task InternalInterface_WithManyParameters_IsCalled()
    {
        using var host = await EmbeddedHost.StartAsync(_ => { });
        var grain = host.Grain<IInternalGrain>("x");
        (await grain.Many(1, 2, "c", Guid.Empty, 1.5, true, default, null, null, 3)).ShouldBe($"1|2|c|{Guid.Empty}|1.5|True|0|||3");
        await grain.Nothing();
        await host.StopAsync();
    }

    [Fact]
    public async Task InheritedAndOverloadedMethods_AreToldApart()
    {
        using var host = await EmbeddedHost.StartAsync(_ => { });
        var grain = host.Grain<IDerived>("x");
        (await grain.Say()).ShouldBe("base");
        (await grain.Say("own")).ShouldBe("own");
        await host.StopAsync();
    }

    [Theory]
    [InlineData(typeof(IWithProperty), "properties")]
    [InlineData(typeof(IWithGenericMethod), "generic methods")]
    [InlineData(typeof(IWithPlainResult), "return Task")]
    [InlineData(typeof(IWithReference), "by reference")]
    public void Interface_ThatCannotBeAGrains_IsRefusedWithTheReason(Type type, string reason) =>
        Should.Throw<NotSupportedException>(() => ProxyFactory.Get(type)).Message.ShouldContain(reason);

    [Fact]
    public void Type_ThatIsNoGrainInterface_IsRefused() => Should.Throw<ArgumentException>(() => ProxyFactory.Get(typeof(IDisposable))).Message.ShouldContain("no grain interface");
}
