using ClawGrains.Components.Wit;

namespace ClawGrains.Components.Tests.Wit;

public sealed class WitTests
{
    private const string Text = """
        package acme:tools@1.2.0;

        /// Documentation is dropped.
        interface shapes {
          use acme:base/kinds@0.1.0.{kind as sort};
          record point { x: s32, y: s32, label: option<string> }
          variant shape { none, circle(point), other(sort) }
          flags mode { fast, %static }
          type points = list<point>;
          resource canvas {
            constructor(size: u32);
            draw: func(s: shape) -> result<_, string>;
            open: static func(name: string) -> canvas;
          }
          area: func(of: shape, modes: mode) -> f64;
          @since(version = 1.1.0)
          all: func() -> points;
        }

        world app {
          import shapes;
          import log: func(message: string);
          export run: interface { go: func() -> tuple<u8, char>; }
        }
        package acme:base@0.1.0 { interface kinds { enum kind { a, b } } }
        """;

    [Fact]
    public void Functions_OfParsedInterface_HaveTheirTypes()
    {
        var packages = new WitPackages().Add(Text, "shapes.wit");
        packages.Check();
        packages.Worlds.ShouldBe(["acme:tools/app@1.2.0"]);
        var functions = packages.Functions("acme:tools/shapes@1.2.0").ToDictionary(f => f.Name);
        functions.Keys.ShouldBe(["[constructor]canvas", "[method]canvas.draw", "[static]canvas.open", "area", "all"]);
        functions["area"].HasJsonForm.ShouldBeTrue();
        functions["[method]canvas.draw"].HasJsonForm.ShouldBeFalse();
        functions["all"].ResultSchema()!.ToJsonString().ShouldContain("\"label\"");
    }

    [Theory]
    [InlineData("package a:b;\ninterface i { f: func(x: nope); }", "x.wit:2:26")]
    [InlineData("interface i { f func(); }", "x.wit:1:17")]
    [InlineData("package a:b; interface i { type a = list<b>; type b = list<a>; f: func(x: a); }", "contains itself")]
    [InlineData("interface i { $ }", "unexpected character")]
    public void Parse_BadText_SaysWhere(string text, string expected) =>
        Should.Throw<ComponentException>(() => new WitPackages().Add(text, "x.wit").Check()).Message.ShouldContain(expected);

    [Fact]
    public void Parse_DeepTypes_AreRefusedByName()
    {
        var nested = string.Concat(Enumerable.Repeat("list<", 5000)) + "u8" + new string('>', 5000);
        Should.Throw<ComponentException>(() => new WitPackages().Add($"interface i {{ f: func(x: {nested}); }}", "x.wit")).Message.ShouldContain("nested more than");
        var chain = string.Concat(Enumerable.Range(1, 5000).Reverse().Select(i => $"type t{i} = list<t{i - 1}>; "));
        Should.Throw<ComponentException>(() => new WitPackages().Add($"interface i {{ {chain} type t0 = u8; f: func(x: t5000); }}", "x.wit").Check()).Message.ShouldContain("nested more than");
    }

    [Fact]
    public void Use_OfAnInterfaceOutsideOfInterfaces_NamesIt()
    {
        const string text = """
            package acme:app;
            use acme:base/kinds@0.1.0;
            use acme:base/other@0.1.0 as rest;
            interface api { use kinds.{kind}; use rest.{size}; f: func(k: kind) -> size; }
            world w { import kinds; export rest; }
            package acme:base@0.1.0 { interface kinds { enum kind { a, b } } interface other { type size = u16; } }
            """;
        var packages = new WitPackages().Add(text, "x.wit");
        packages.Check();
        packages.Functions("acme:app/api").ShouldHaveSingleItem().ToString().ShouldContain("u16");
    }

    /// <summary>What is printed is read again, and every exported function has the same type in both.</summary>
    [Theory]
    [InlineData("samples/plugins/assemblyscript/plugin.wasm")]
    [InlineData("samples/plugins/c/plugin.wasm")]
    [InlineData("samples/plugins/rust/plugin.wasm")]
    [InlineData("tests/Components.Tests/Data/calls.wasm")]
    [InlineData("tests/Components.Tests/Data/command.wasm")]
    public void ToWit_OfAComponent_ParsesAgain(string path) => RoundTrip(Path.Combine(TestData.Repository, path));

    private static void RoundTrip(string file)
    {
        var component = Component.Load(Fixture.Engine, File.ReadAllBytes(file));
        var packages = new WitPackages().Add(component.ToWit(), "printed.wit");
        packages.Check();
        foreach (var function in component.Functions.Where(f => f.Name.Contains('#', StringComparison.Ordinal)))
        {
            var (owner, name) = (function.Name.Split('#')[0], function.Name.Split('#')[1]);
            if (!owner.Contains('/', StringComparison.Ordinal)) continue;
            packages.Functions(owner).Single(f => f.Name == name).ToString().ShouldBe(function.ToString());
        }
    }
}
