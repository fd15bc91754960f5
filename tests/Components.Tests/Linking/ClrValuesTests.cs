using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Tests.Linking;

public sealed class ClrValuesTests
{
    private static readonly PrimitiveType U32 = PrimitiveType.Of(PrimitiveKind.U32);
    private static readonly PrimitiveType String = PrimitiveType.Of(PrimitiveKind.String);

    private static void RoundTrip<T>(T value, ValType type, ComponentValue expected)
    {
        ClrTypes.Mismatch(type, typeof(T)).ShouldBeNull();
        ClrValues.ToComponent(value, type).ShouldBe(expected);
        ClrObjects.ToClr(expected, type, typeof(T)).ShouldBe(value);
    }

    [Fact]
    public void OptionInOption_AsOption_KeepsNoneAndSomeNoneApart()
    {
        var type = new OptionType(new OptionType(U32));
        RoundTrip(Option<uint?>.None, type, ComponentValue.None);
        RoundTrip(Option<uint?>.Some(null), type, ComponentValue.Some(ComponentValue.None));
        RoundTrip(Option<uint?>.Some(7), type, ComponentValue.Some(ComponentValue.Some(ComponentValue.U32(7))));
        RoundTrip(Option<Option<uint>>.Some(default), type, ComponentValue.Some(ComponentValue.None));
        RoundTrip(ComponentValue.Some(ComponentValue.None), type, ComponentValue.Some(ComponentValue.None));
    }

    [Fact]
    public void OptionInOption_AsNullable_IsRefused()
    {
        var type = new OptionType(new OptionType(U32));
        foreach (var clr in new[] { typeof(uint?), typeof(Option<uint>?), typeof(object) }) ClrTypes.Mismatch(type, clr).ShouldBe(ClrTypes.NestedOption);
        Should.Throw<ComponentException>(() => ClrValues.ToComponent(null, type)).Message.ShouldContain("Option<T>");
        Should.Throw<ComponentException>(() => ClrObjects.ToClr(ComponentValue.Some(ComponentValue.None), type, typeof(uint?))).Message.ShouldContain("Option<T>");
    }

    [Fact]
    public void Option_AsATypeWithoutNull_IsRefused() =>
        ClrTypes.Mismatch(new OptionType(U32), typeof(uint)).ShouldBe("an option cannot be a UInt32, which has no null: use UInt32? or Option<UInt32>");

    [Fact]
    public void Option_OfStringsAndRecords_IsNullOrOption()
    {
        RoundTrip<string?>(null, new OptionType(String), ComponentValue.None);
        RoundTrip("x", new OptionType(String), ComponentValue.Some(ComponentValue.String("x")));
        RoundTrip(Option<string>.Some("x"), new OptionType(String), ComponentValue.Some(ComponentValue.String("x")));
        RoundTrip<(uint, Option<string?>)>((1, Option<string?>.Some(null)), new TupleType([U32, new OptionType(new OptionType(String))]),
            ComponentValue.Tuple(ComponentValue.U32(1), ComponentValue.Some(ComponentValue.None)));
    }

    [Fact]
    public void Map_AsDictionary_KeepsItsEntries()
    {
        var type = new MapType(String, U32);
        var value = ComponentValue.Map((ComponentValue.String("a"), ComponentValue.U32(1)), (ComponentValue.String("b"), ComponentValue.U32(2)));
        var map = (IReadOnlyDictionary<string, uint>)ClrObjects.ToClr(value, type, typeof(IReadOnlyDictionary<string, uint>))!;
        map.OrderBy(e => e.Key).ShouldBe([new("a", 1u), new("b", 2u)]);
        ClrValues.ToComponent(map, type).ShouldBe(value);
        RoundTrip<(string, uint)[]>([("a", 1), ("b", 2)], type, value);
    }

    [Fact]
    public void List_AsListOrInterface_KeepsItsItems()
    {
        var value = ComponentValue.List(ComponentValue.U32(1), ComponentValue.U32(2));
        RoundTrip<List<uint>>([1, 2], new ListType(U32), value);
        RoundTrip<IReadOnlyList<uint>>([1, 2], new ListType(U32), value);
    }

    private abstract record Shape
    {
        public sealed record Circle(uint Radius) : Shape;

        public sealed record NoShape : Shape;
    }

    [Fact]
    public void Variant_AsNestedClasses_IsItsCase()
    {
        var type = new VariantType(["circle", "no-shape", "square"], [U32, null, U32]);
        RoundTrip<Shape>(new Shape.Circle(3), type, ComponentValue.Variant("circle", ComponentValue.U32(3)));
        RoundTrip<Shape>(new Shape.NoShape(), type, ComponentValue.Variant("no-shape"));
        Should.Throw<ComponentException>(() => ClrObjects.ToClr(ComponentValue.Variant("square", ComponentValue.U32(3)), type, typeof(Shape)));
    }

    [Fact]
    public void ToDelegate_OfTypesThatDoNotFit_NamesTheParameter()
    {
        using var instance = Fixture.Instance();
        var error = Should.Throw<ArgumentException>(() => instance.GetFunction("add").ToDelegate<Func<uint, int, uint>>());
        error.Message.ShouldBe("`add`, parameter `b`: u32 is a UInt32, not a Int32.");
    }

    [Fact]
    public void HostFunction_OfTypesThatDoNotFit_IsAnErrorOfLinking()
    {
        var linker = Fixture.Linker();
        linker.Instance("host").Func("add", (uint a, string b) => a);
        var error = Should.Throw<ComponentException>(() => linker.Instantiate(Component.Load(Fixture.Engine, Fixture.Calls)));
        error.Kind.ShouldBe(ComponentErrorKind.Link);
        error.Message.ShouldContain("import `host#add`, parameter `b`: u32 is a UInt32, not a String");
    }
}
