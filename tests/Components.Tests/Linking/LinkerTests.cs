namespace ClawGrains.Components.Tests.Linking;

public sealed class LinkerTests
{
    [Fact]
    public void Instantiate_MissingImports_NamesThemAll()
    {
        var linker = new ComponentLinker();
        var error = Should.Throw<ComponentException>(() => linker.Instantiate(Component.Load(Fixture.Engine, Fixture.Calls)));
        error.Kind.ShouldBe(ComponentErrorKind.Link);
        error.Message.ShouldContain("missing import `host`");
    }

    [Fact]
    public void Instantiate_MissingFunctions_NamesThemAll()
    {
        var linker = new ComponentLinker();
        linker.Instance("host");
        var error = Should.Throw<ComponentException>(() => linker.Instantiate(Component.Load(Fixture.Engine, Fixture.Calls)));
        error.Message.ShouldContain("`host#add`");
        error.Message.ShouldContain("`host#greet`");
    }

    [Fact]
    public void GetFunction_Unknown_ListsWhatThereIs()
    {
        using var instance = Fixture.Instance();
        Should.Throw<KeyNotFoundException>(() => instance.GetFunction("nope")).Message.ShouldContain("echo-points");
    }

    private sealed class Host
    {
        [ComponentExport("add")]
        public uint Add(uint a, uint b) => a * b;
    }

    [Fact]
    public void Methods_WithAttribute_AreOffered()
    {
        var linker = Fixture.Linker();
        linker.Instance("host").Methods(new Host());
        using var instance = linker.Instantiate(Component.Load(Fixture.Engine, Fixture.Calls));
        instance.GetFunction("call-host").Call(ComponentValue.U32(6), ComponentValue.U32(7)).ShouldBe(ComponentValue.U32(42));
    }

    [Theory]
    [InlineData("assemblyscript")]
    [InlineData("c")]
    public void SamplePlugin_AnswersAlike(string language)
    {
        using var instance = Fixture.Linker().Instantiate(Component.Load(Fixture.Engine, Fixture.Plugin(language)));
        instance.GetFunction("plugin#init").Call()!.Value.IsOk.ShouldBeTrue();
        var execute = instance.GetFunction("plugin#execute-tool").ToDelegate<Func<string, string, Result<string, string>>>();
        execute("word-count", """{"text":"four words are here"}""").Value.ShouldBe("""{"words":4}""");
        execute("echo", """{"text":"grüße 日本"}""").Value.ShouldBe("""{"text":"grüße 日本"}""");
        execute("nope", "{}").Error.ShouldBe("unknown tool: nope");
        instance.GetFunction("plugin#describe").Call()!.Value.AsString().ShouldContain("word-count");
    }
}
