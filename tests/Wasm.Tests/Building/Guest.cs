namespace ClawGrains.Wasm.Tests.Building;

/// <summary>A store with one instance of a module made in the test.</summary>
internal sealed class Guest : IDisposable
{
    public Guest(ModuleBuilder module, EngineOptions? options = null, StoreLimits? limits = null, Func<Store, Imports>? imports = null)
    {
        Engine = new Engine(options);
        Store = new Store(Engine, limits);
        Instance = Store.Instantiate(Engine.Compile(module.ToArray()), imports?.Invoke(Store));
    }

    public Engine Engine { get; }

    public Store Store { get; }

    public Instance Instance { get; }

    public T Get<T>(string name = "f") where T : Delegate => Instance.GetFunction(name).ToDelegate<T>();

    public void Dispose()
    {
        Store.Dispose();
        Engine.Dispose();
    }
}

internal static class TrapAssertions
{
    public static TrapException ShouldTrap(this Action action, TrapKind kind)
    {
        var trap = Should.Throw<TrapException>(action);
        trap.Kind.ShouldBe(kind);
        return trap;
    }
}
