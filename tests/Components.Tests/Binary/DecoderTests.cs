using ClawGrains.Components.Binary;

namespace ClawGrains.Components.Tests.Binary;

public sealed class DecoderTests
{
    private static ComponentException Refused(byte[] bytes) => Should.Throw<ComponentException>(() => Component.Load(Fixture.Engine, bytes));

    [Fact]
    public void Load_EmptyComponent_Succeeds() => Component.Load(Fixture.Engine, Fixture.Binary()).Exports.ShouldBeEmpty();

    [Fact]
    public void Load_CoreModule_SaysThatAComponentIsExpected() =>
        Refused([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]).Message.ShouldContain("expected a version header for a component");

    [Fact]
    public void Load_LyingVectorCount_IsRefusedBeforeAllocation()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Refused(Fixture.Binary((7, [.. Fixture.Leb(900_000), 0x73])));
        error.Kind.ShouldBe(ComponentErrorKind.Malformed);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    [Fact]
    public void Load_LyingSectionSize_IsRefused() =>
        Refused([.. Fixture.Binary(), 7, .. Fixture.Leb(uint.MaxValue)]).Message.ShouldContain("unexpected end-of-file");

    [Fact]
    public void Load_EveryPrefixOfAComponent_IsRefusedOrValid()
    {
        var bytes = Fixture.Calls;
        for (var length = 0; length < bytes.Length; length += 7)
        {
            var prefix = bytes[..length];
            try
            {
                Component.Load(Fixture.Engine, prefix);
            }
            catch (ComponentException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }
    }

    [Fact]
    public void Load_EveryByteFlipped_NeverFailsOtherwise()
    {
        var bytes = Fixture.Calls;
        for (var i = 8; i < bytes.Length; i += 3)
        {
            var mutant = (byte[])bytes.Clone();
            mutant[i] ^= 0x41;
            try
            {
                Component.Load(Fixture.Engine, mutant);
            }
            catch (ComponentException)
            {
                // Refused: fine. Anything else fails the test.
            }
        }
    }

    [Fact]
    public void Load_ThousandNestedComponents_IsRefusedByName()
    {
        var bytes = Fixture.Binary();
        for (var i = 0; i < 1000; i++) bytes = Fixture.Binary((4, bytes));
        Refused(bytes).Message.ShouldContain("nested more than");
    }

    [Fact]
    public void Load_DeepTypes_IsRefusedByName()
    {
        var types = Enumerable.Range(0, 200).SelectMany(i => i == 0 ? [0x73] : (byte[])[0x70, .. Index(i - 1)]);
        Refused(Fixture.Binary((7, [.. Fixture.Leb(200), .. types]))).Message.ShouldContain("nesting is too deep");
    }

    [Fact]
    public void Load_ExponentialTypes_IsRefusedByName()
    {
        var types = Enumerable.Range(0, 40).SelectMany(i => i == 0 ? [0x73] : (byte[])[0x6f, 2, .. Index(i - 1), .. Index(i - 1)]);
        Refused(Fixture.Binary((7, [.. Fixture.Leb(40), .. types]))).Message.ShouldContain("type size exceeds");
    }

    [Fact]
    public void Load_StartSection_IsRefusedByName()
    {
        var error = Refused(Fixture.Binary((9, [0, 0, 0])));
        error.Kind.ShouldBe(ComponentErrorKind.Unsupported);
        error.Message.ShouldContain("start function");
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x10 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x80 })]
    public void U32_TooLarge_IsMalformed(byte[] bytes) => Should.Throw<ComponentException>(() => new ByteReader(bytes).U32());

    /// <summary>A type index inside a value type is signed, so 64 and up take two bytes.</summary>
    private static byte[] Index(int index) => index < 64 ? [(byte)index] : [(byte)((index & 0x7f) | 0x80), (byte)(index >> 7)];
}
