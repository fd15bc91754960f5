namespace ClawGrains.Wasm.Compilation;

/// <summary>Where instructions of x64 end: as much of the encoding as the JIT's code has.</summary>
internal static class MachineInstruction
{
    // Below all that may be added to it.
    private const int Unknown = -32;

    /// <summary>The bytes of the instruction that begins here; 0 when it is none that the JIT makes.</summary>
    public static int Length(ReadOnlySpan<byte> code)
    {
        var at = 0;
        var (narrow, wide) = (false, false);
        while (IsPrefix(code[at])) narrow |= code[at++] == 0x66;
        if ((code[at] & 0xF0) == 0x40) wide = (code[at++] & 8) != 0;
        var opcode = code[at++];
        var length = opcode switch
        {
            0x0F => TwoBytes(code[at..]),
            0xC5 => 1 + Vector(code[(at + 1)..], 1),
            0xC4 => 2 + Vector(code[(at + 2)..], code[at] & 0x1F),
            0x62 => 3 + Vector(code[(at + 3)..], code[at] & 7),
            _ => OneByte(opcode, code[at..], narrow ? 2 : 4, wide),
        };
        return length < 0 ? 0 : at + length;
    }

    private static bool IsPrefix(byte b) => b is 0x66 or 0xF2 or 0xF3 or 0xF0 or 0x2E or 0x3E or 0x64 or 0x65;

    private static int OneByte(byte opcode, ReadOnlySpan<byte> rest, int immediate, bool wide) => opcode switch
    {
        < 0x40 => (opcode & 7) switch { < 4 => Operand(rest), 4 => 1, 5 => immediate, _ => Unknown },
        (>= 0x50 and <= 0x5F) or (>= 0x90 and <= 0x99) or (>= 0xA4 and <= 0xA7) or (>= 0xAA and <= 0xAF) or 0xC3 or 0xC9 or 0xCC => 0,
        0x68 or 0xA9 => immediate,
        0x69 or 0x81 or 0xC7 => Operand(rest) + immediate,
        0x6A or (>= 0x70 and <= 0x7F) or 0xA8 or (>= 0xB0 and <= 0xB7) or 0xEB => 1,
        0x6B or 0x80 or 0x83 or 0xC0 or 0xC1 or 0xC6 => Operand(rest) + 1,
        0x63 or (>= 0x84 and <= 0x8B) or 0x8D or 0x8F or (>= 0xD0 and <= 0xD3) or 0xFE or 0xFF => Operand(rest),
        >= 0xB8 and <= 0xBF => wide ? 8 : immediate,
        0xC2 => 2,
        0xE8 or 0xE9 => 4,
        0xF6 => Operand(rest) + (IsTest(rest) ? 1 : 0),
        0xF7 => Operand(rest) + (IsTest(rest) ? immediate : 0),
        _ => Unknown,
    };

    private static bool IsTest(ReadOnlySpan<byte> rest) => (rest[0] >> 3 & 7) < 2;

    private static int TwoBytes(ReadOnlySpan<byte> rest) => rest[0] switch
    {
        0x0B or 0x31 or 0x77 or 0xA2 or (>= 0xC8 and <= 0xCF) => 1,
        0x38 => 2 + Operand(rest[2..]),
        0x3A => 2 + Operand(rest[2..]) + 1,
        >= 0x80 and <= 0x8F => 5,
        (>= 0x70 and <= 0x73) or 0xA4 or 0xAC or 0xBA or 0xC2 or (>= 0xC4 and <= 0xC6) => 1 + Operand(rest[1..]) + 1,
        0x01 or (>= 0x10 and <= 0x1F) or (>= 0x28 and <= 0x2F) or >= 0x40 => 1 + Operand(rest[1..]),
        _ => Unknown,
    };

    // From the opcode on, what stands in front of it not counted.
    private static int Vector(ReadOnlySpan<byte> rest, int map)
    {
        if (map is < 1 or > 3) return Unknown;
        if (map == 1 && rest[0] == 0x77) return 1;
        var hasByte = map == 3 || (map == 1 && rest[0] is (>= 0x70 and <= 0x73) or 0xC2 or (>= 0xC4 and <= 0xC6));
        return 1 + Operand(rest[1..]) + (hasByte ? 1 : 0);
    }

    /// <summary>The ModRM byte and what it asks for.</summary>
    private static int Operand(ReadOnlySpan<byte> rest)
    {
        var (mode, register) = (rest[0] >> 6, rest[0] & 7);
        if (mode == 3) return 1;
        var length = register == 4 ? 2 : 1;
        var based = register == 4 ? rest[1] & 7 : register;
        return length + (mode == 1 ? 1 : mode == 2 || based == 5 ? 4 : 0);
    }
}
