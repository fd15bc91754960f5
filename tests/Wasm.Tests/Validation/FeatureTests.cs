using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Validation;

public class FeatureTests
{
    public static TheoryData<string, byte[]> Instructions => new()
    {
        { "sign-extension", Code.Of(Code.I32(1), Code.Op(0xC0, 0x1A)) },
        { "sign-extension", Code.Of(Code.I64(1), Code.Op(0xC4, 0x1A)) },
        { "nontrapping-float-to-int", Code.Op(0x43, 0, 0, 0, 0, 0xFC, 0, 0x1A) },
        { "bulk-memory", Code.Of(Code.I32(0), Code.I32(0), Code.I32(0), Code.Op(0xFC, 0x0B, 0)) },
        { "bulk-memory", Code.Of(Code.I32(0), Code.I32(0), Code.I32(0), Code.Op(0xFC, 0x0E, 0, 0)) },
        { "reference-types", Code.Op(0xD0, 0x70, 0x1A) },
        { "reference-types", Code.Op(0xFC, 0x10, 0, 0x1A) },
        { "simd", Code.Of(Code.I32(0), Code.Op(0xFD, 0x0F, 0x1A)) },
        { "tail-call", Code.ReturnCall(0) },
        { "multi-value", Code.Of(Code.I32(0), Code.Op(0x02, 1, 0x0B, 0x1A)) },
        { "exception-handling", Code.Op(0x1F, 0x40, 0, 0x0B) },
    };

    [Theory, MemberData(nameof(Instructions))]
    public void Instruction_OfAProposal_IsItsUse(string feature, byte[] instructions)
    {
        var module = new ModuleBuilder().Memory(1).Table(1);
        var type = module.Type(":");
        module.Type("i:i");
        module.Function(type, [], instructions);
        Of(module).ShouldBe([feature]);
    }

    [Fact]
    public void PlainModule_UsesNothingBeyond1()
    {
        var module = new ModuleBuilder().Memory(1).Table(1, 0).Global('i', true, Code.I32(1)).Data(0, 1);
        module.Export("f", module.Function("i:i", "iIfF", Code.Block(0x7F, Code.Get(0))));
        Of(module).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("v:", "simd"), InlineData("o:", "reference-types"), InlineData(":r", "reference-types")]
    [InlineData(":ii", "multi-value"), InlineData("x:", "exception-handling")]
    public void Type_OfAProposal_IsItsUse(string signature, string feature)
    {
        var module = new ModuleBuilder();
        module.Type(signature);
        Of(module).ShouldBe([feature]);
    }

    [Fact]
    public void Definitions_OfProposals_AreTheirUse()
    {
        Of(new ModuleBuilder().Memory(1).Memory(1)).ShouldBe(["multi-memory"]);
        Of(new ModuleBuilder().Table(1).Table(1)).ShouldBe(["reference-types"]);
        Of(new ModuleBuilder().Global('i', true, Code.I32(1)).Export("g", 0, 3)).ShouldBe(["mutable-global"]);
        Of(new ModuleBuilder().Global('i', false, Code.Of(Code.I32(1), Code.I32(2), Code.Op(0x6A)))).ShouldBe(["extended-const"]);
        var module = new ModuleBuilder();
        module.Tag("i");
        Of(module).ShouldBe(["exception-handling"]);
        module = new ModuleBuilder();
        module.Function(":", "v");
        Of(module).ShouldBe(["simd"]);
    }

    [Fact]
    public void TypeOfTooManyValues_IsRefused()
    {
        var module = new ModuleBuilder();
        module.Type($"{new string('i', 1000)}:");
        Of(module).ShouldBeEmpty();
        module.Type($"{new string('i', 1001)}:");
        Should.Throw<DecodeException>(() => Of(module)).Message.ShouldContain("1000 allowed");
    }

    private static string[] Of(ModuleBuilder module)
    {
        using var engine = new Engine(new EngineOptions { Features = WasmFeatures.All });
        return [.. engine.Compile(module.ToArray()).Features];
    }
}
