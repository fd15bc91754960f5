namespace ClawGrains.Components.Tests.Linking;

/// <summary>What a disposed instance used serves the next one; nobody may notice.</summary>
public sealed class InstanceReuseTests
{
    private readonly ComponentLinker _linker = Fixture.Linker();
    private readonly Component _calls = Component.Load(Fixture.Engine, Fixture.Calls);

    [Fact]
    public void Instantiate_AfterDisposedOnes_StartsFromTheSameState()
    {
        // Greeting leaves two strings in a bump allocator: further ones would lie behind them.
        var seen = Enumerable.Range(0, 20).Select(_ => Addresses()).ToArray();
        seen.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Dispose_EndsFunctionsAndDelegates()
    {
        for (var i = 0; i < 5; i++)
        {
            var instance = _linker.Instantiate(_calls);
            var (add, call) = (instance.GetFunction("add").ToDelegate<Func<uint, uint, uint>>(), instance.GetFunction("add"));
            add(1, 2).ShouldBe(3u);
            instance.Dispose();
            instance.Dispose();
            using var next = _linker.Instantiate(_calls);
            Should.Throw<ObjectDisposedException>(() => add(1, 2));
            Should.Throw<ObjectDisposedException>(() => call.Call(ComponentValue.U32(1), ComponentValue.U32(2)));
            Should.Throw<ObjectDisposedException>(() => instance.GetFunction("add"));
        }
    }

    [Fact]
    public void Instantiate_AfterATrap_WorksAgain()
    {
        for (var i = 0; i < 5; i++)
        {
            using var instance = _linker.Instantiate(_calls);
            Should.Throw<ComponentTrapException>(() => instance.GetFunction("trap").Call());
        }
        using var last = _linker.Instantiate(_calls);
        last.Invoke("add(1, 2)").ShouldBe("3");
    }

    [Fact]
    public void Instantiate_AfterTheLinkerChanged_SeesTheChange()
    {
        for (uint i = 1; i < 6; i++)
        {
            var times = i;
            _linker.Instance("host").Func("add", (uint a, uint b) => (a + b) * times);
            for (var j = 0; j < 3; j++)
            {
                using var instance = _linker.Instantiate(_calls);
                instance.Invoke("call-host(1, 2)").ShouldBe($"{3 * times}");
            }
        }
    }

    [Fact]
    public void HostCall_GetsTheDataOfItsInstance()
    {
        _linker.Instance("host").Func("add", (call, _) => ComponentValue.U32((uint)call.Data!));
        for (uint i = 0; i < 6; i++)
        {
            using var instance = _linker.Instantiate(_calls, data: i);
            instance.Invoke("call-host(1, 2)").ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task Instantiate_FromManyThreads_GivesEachItsOwn()
    {
        await Parallel.ForAsync(0, 400, (i, _) =>
        {
            using var instance = _linker.Instantiate(_calls);
            instance.GetFunction("echo").ToDelegate<Func<string, string>>()($"text {i}").ShouldBe($"text {i}");
            return ValueTask.CompletedTask;
        });
    }

    private string Addresses()
    {
        using var instance = _linker.Instantiate(_calls);
        instance.Invoke("call-greet(\"some text\")");
        return Convert.ToHexString(instance.Frame.CoreMemories[0].Read(0, 2048));
    }
}
