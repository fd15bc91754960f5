namespace ClawGrains.Wasm.Tests.Validation;

/// <summary>Errors say in which section and at which byte.</summary>
public class OffsetTests
{
    private static readonly byte[] Header = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0];
    private static readonly byte[] TypeSection = [1, 4, 1, 0x60, 0, 0];

    public static TheoryData<string, string, int, byte[]> Invalid => new()
    {
        { "unknown type 5", "function section", 18, [3, 3, 2, 0, 5, 10, 7, 2, 2, 0, 0x0B, 2, 0, 0x0B] },
        { "size minimum must not be greater than maximum", "table section", 17, [4, 5, 1, 0x70, 1, 2, 1] },
        { "size minimum must not be greater than maximum", "memory section", 17, [5, 4, 1, 1, 2, 1] },
        { "memory size must be at most 65536 pages (4GiB)", "memory section", 17, [5, 5, 1, 0, 0x81, 0x80, 4] },
        { "size minimum must not be greater than maximum", "import section", 20, [2, 7, 1, 0, 0, 2, 1, 2, 1] },
        { "unknown function 3", "start section", 16, [8, 1, 3] },
        { "unknown function 0", "export section", 18, [7, 4, 1, 0, 0, 0] },
        { "unknown function 0", "element section", 17, [9, 7, 1, 0, 0x41, 0, 0x0B, 1, 0] },
        { "type mismatch", "global section", 21, [6, 6, 1, 0x7F, 0, 0x42, 0, 0x0B] },
        { "unknown memory 0", "data section", 17, [11, 6, 1, 0, 0x41, 0, 0x0B, 0] },
    };

    [Theory, MemberData(nameof(Invalid))]
    public void InvalidEntry_IsNamedByItsOffset(string reason, string section, int offset, byte[] rest)
    {
        var error = Should.Throw<ValidationException>(() => Module.Check([.. Header, .. TypeSection, .. rest]));
        error.Reason.ShouldBe(reason);
        (error.Section, error.Offset).ShouldBe((section, (long)offset));
    }

    [Fact]
    public void SecondMemory_IsNamedByItsOffset()
    {
        var error = Should.Throw<ValidationException>(() => Module.Check([.. Header, 5, 5, 2, 0, 1, 0, 1]));
        (error.Section, error.Offset).ShouldBe(("memory section", 13L));
    }

    [Fact]
    public void MissingBody_IsNamedByTheCodeSectionOrTheEnd()
    {
        var error = Should.Throw<DecodeException>(() => Module.Check([.. Header, .. TypeSection, 3, 2, 1, 0, 10, 1, 0]));
        (error.Section, error.Offset).ShouldBe(("code section", 20L));
        Should.Throw<DecodeException>(() => Module.Check([.. Header, .. TypeSection, 3, 2, 1, 0])).Offset.ShouldBe(18);
    }
}
