using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Validation;

/// <summary>Modules large enough to be validated in parts.</summary>
public class LargeModuleTests
{
    private const int Functions = 60, Length = 4000, Around = 7;

    [Theory, InlineData(0), InlineData(7), InlineData(31), InlineData(59)]
    public void FaultsInSeveralFunctions_TheFirstIsTold(int first)
    {
        var module = Large(own => own >= first && own % 2 == first % 2);
        var fault = Should.Throw<ValidationException>(() => Module.Check(module));
        fault.Message.ShouldContain("type mismatch");
        ((int)fault.Offset / (Length + Around)).ShouldBe(first);
    }

    [Fact]
    public void Features_OfAllParts_AreFound()
    {
        using var engine = new Engine();
        engine.Compile(Large(_ => false)).Features.ShouldBe(["sign-extension"]);
    }

    private static byte[] Large(Func<int, bool> isWrong)
    {
        var module = new ModuleBuilder();
        var type = module.Type("i:i");
        for (var own = 0; own < Functions; own++)
        {
            byte[] second = isWrong(own) ? Code.Op(0xA7) : own == Functions - 1 ? Code.Op(0xC0) : Code.Op(0x01);
            module.Function(type, [], Code.Get(0), second, Code.Of([.. Enumerable.Repeat(Code.Op(0x45), Length)]));
        }
        return module.ToArray();
    }
}
