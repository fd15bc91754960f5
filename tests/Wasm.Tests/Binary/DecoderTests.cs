using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Binary;

public class DecoderTests
{
    public static TheoryData<string, byte[]> Proposals => new()
    {
        { "threads", [0xFE, 0x03, 0x00] },
        { "gc", [0xFB, 0x00, 0x00] },
        { "exception-handling", [0x08, 0x00] },
        { "exception-handling", [0x0A] },
        { "exception-handling", [0x1F, 0x40, 0x00, 0x0B] },
        { "legacy exception-handling", [0x06, 0x40, 0x0B] },
        { "function-references", [0x14, 0x00] },
        { "relaxed-simd", [0xFD, 0x80, 0x02] },
        { "wide-arithmetic", [0xFC, 0x13] },
        { "memory-control", [0xFC, 0x12, 0x00] },
        { "threads", [0xFE, 0x10, 0x02, 0x00] },
        { "shared-everything-threads", [0xFE, 0x4F, 0x00, 0x00] },
    };

    [Theory, MemberData(nameof(Proposals))]
    public void Instruction_OfAnotherProposal_IsRefusedByName(string proposal, byte[] instruction)
    {
        var module = new ModuleBuilder();
        module.Function(":", "", instruction);
        var error = Should.Throw<DecodeException>(() => Module.Check(module.ToArray()));
        error.Message.ShouldContain($"the {proposal} proposal");
        error.Section.ShouldBe("code section");
        error.Offset.ShouldBeGreaterThan(8);
    }

    [Theory]
    [InlineData("threads", new byte[] { 5, 4, 1, 3, 1, 1 })]
    [InlineData("memory64", new byte[] { 5, 3, 1, 4, 1 })]
    [InlineData("exception-handling", new byte[] { 13, 3, 1, 0, 0 })]
    [InlineData("gc", new byte[] { 1, 3, 1, 0x5F, 0 })]
    [InlineData("custom-descriptors", new byte[] { 1, 5, 1, 0x4D, 1, 0x5F, 0 })]
    [InlineData("custom-descriptors", new byte[] { 2, 5, 1, 0, 0, 0x20, 0 })]
    [InlineData("compact-imports", new byte[] { 2, 5, 1, 0, 0, 0x7F, 0 })]
    [InlineData("shared-everything-threads", new byte[] { 1, 5, 1, 0x65, 0x60, 0, 0 })]
    [InlineData("shared-everything-threads", new byte[] { 4, 5, 1, 0x70, 3, 0, 0 })]
    [InlineData("shared-everything-threads", new byte[] { 6, 6, 1, 0x7F, 3, 0x41, 0, 0x0B })]
    [InlineData("stack-switching", new byte[] { 4, 4, 1, 0x68, 0, 0 })]
    public void Section_OfAnotherProposal_IsRefusedByName(string proposal, byte[] section) =>
        Should.Throw<DecodeException>(() => Module.Check([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, .. section])).Message.ShouldContain($"the {proposal} proposal");

    [Fact]
    public void ModuleThatIsInvalidAndMalformed_IsMalformed()
    {
        byte[] unknownType = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 2, 5, 1, 0, 0, 0, 7];
        Should.Throw<ValidationException>(() => Module.Check(unknownType)).Message.ShouldContain("unknown type 7");
        unknownType[9]++;
        Should.Throw<DecodeException>(() => Module.Check([.. unknownType, 0])).Message.ShouldContain("section size mismatch");
    }

    [Theory, InlineData(WasmFeatures.ExceptionHandling), InlineData(WasmFeatures.MultiMemory)]
    public void OptionalProposal_RefusedByName_SaysWhichOptionEnablesIt(WasmFeatures feature)
    {
        var module = new ModuleBuilder();
        if (feature == WasmFeatures.MultiMemory) module.Memory(1).Memory(1);
        else module.Tag("i");
        var binary = module.ToArray();
        Should.Throw<WasmException>(() => Module.Check(binary)).Message.ShouldContain($"EngineOptions.Features: {feature}");
        Should.Throw<WasmException>(() => Module.Check(binary, new EngineOptions { Features = WasmFeatures.All & ~feature }));
        Module.Check(binary, new EngineOptions { Features = feature });
    }

    [Fact]
    public void Compile_WithMoreFeatures_LeavesTheEngineAsItIs()
    {
        var binary = new ModuleBuilder().Memory(1).Memory(1).ToArray();
        using var engine = new Engine();
        engine.Compile(binary, WasmFeatures.MultiMemory).Features.ShouldContain("multi-memory");
        Should.Throw<WasmException>(() => engine.Compile(binary));
    }

    [Fact]
    public void LegacyExceptionHandling_IsRefusedEvenWithTheNewEnabled()
    {
        var module = new ModuleBuilder();
        module.Function(":", "", Code.Op(0x06, 0x40, 0x0B));
        Should.Throw<DecodeException>(() => Module.Check(module.ToArray(), new EngineOptions { Features = WasmFeatures.All }))
            .Message.ShouldContain("the legacy exception-handling proposal");
    }

    [Fact]
    public void Component_IsToldFromAModule() =>
        Should.Throw<DecodeException>(() => Module.Check([0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0])).Message.ShouldContain("component");

    [Fact]
    public void EveryPrefix_OfAModule_IsMalformedOrValid()
    {
        var module = new ModuleBuilder().Memory(1).Table(1).Global('i', true, Code.I32(3)).Data(0, 1, 2);
        module.Export("f", module.Function("i:i", "iI", Code.Get(0)));
        var whole = module.ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            var prefix = whole[..length];
            if (Record.Exception(() => Module.Check(prefix)) is { } error) error.ShouldBeAssignableTo<WasmException>();
        }
    }

    [Fact]
    public void Body_OverTheLimit_IsRefused()
    {
        var module = new ModuleBuilder();
        module.Function(":", "", new byte[100].Select(_ => (byte)0x01).ToArray());
        Module.Check(module.ToArray(), new EngineOptions { MaxFunctionBytes = 102 });
        var error = Should.Throw<DecodeException>(() => Module.Check(module.ToArray(), new EngineOptions { MaxFunctionBytes = 101 }));
        error.Reason.ShouldBe("function body too large: 102 bytes, 101 allowed");
        error.Section.ShouldBe("code section");
    }

    [Fact]
    public void DeepNesting_IsNoMatterForTheStack()
    {
        const int depth = 50_000;
        var module = new ModuleBuilder();
        module.Export("f", module.Function("i:i", "", [.. Enumerable.Repeat(Code.Op(0x02, 0x40), depth), .. Enumerable.Repeat(Code.Op(0x0B), depth), Code.Get(0)]));
        using var guest = new Guest(module);
        guest.Get<Func<int, int>>()(5).ShouldBe(5);
    }

    [Fact]
    public void DeepExpression_IsNoMatterForTheStack()
    {
        const int depth = 20_000;
        var module = new ModuleBuilder();
        module.Export("f", module.Function("i:i", "", [.. Enumerable.Repeat(Code.Get(0), depth), .. Enumerable.Repeat(Code.Op(0x6A), depth - 1)]));
        module.Export("g", module.Function("i:i", "", [Code.Get(0), .. Enumerable.Repeat(Code.Op(0x45), depth)]));
        using var guest = new Guest(module);
        guest.Get<Func<int, int>>()(2).ShouldBe(2 * depth);
        guest.Get<Func<int, int>>("g")(0).ShouldBe(0);
    }
}
