using System.Globalization;

namespace ClawGrains.Wasm.Binary;

/// <summary>
/// Every instruction of WebAssembly 2.0 (§5.4), tail calls, extended constants and exception handling. Opcodes with a prefix get the
/// numbers <see cref="Misc"/> + n (0xFC) and <see cref="Vector"/> + n (0xFD).
/// </summary>
internal static class Instructions
{
    public const int Misc = 0x100;
    public const int Vector = 0x200;

    /// <summary>By number; never null.</summary>
    public static readonly InstructionInfo[] Table = Build();

    // A line is: first opcode, signature (or - where it depends on the context), immediates, names of consecutive opcodes.
    // Types: i = i32, I = i64, f = f32, F = f64, v = v128. Immediates: mN memory with natural alignment 2^N, lN lane of N;
    // x stands for s in an instruction of the exception-handling proposal.
    private const string Text = """
        000 - s unreachable nop block loop if else
        008 - x throw
        00A - x throw_ref
        01F - x try_table
        00B - s end br br_if br_table return call call_indirect return_call return_call_indirect
        01A - s drop select select_t
        020 - s local.get local.set local.tee global.get global.set table.get table.set
        028 i:i m2 i32.load
        029 i:I m3 i64.load
        02A i:f m2 f32.load
        02B i:F m3 f64.load
        02C i:i m0 i32.load8_s i32.load8_u
        02E i:i m1 i32.load16_s i32.load16_u
        030 i:I m0 i64.load8_s i64.load8_u
        032 i:I m1 i64.load16_s i64.load16_u
        034 i:I m2 i64.load32_s i64.load32_u
        036 ii: m2 i32.store
        037 iI: m3 i64.store
        038 if: m2 f32.store
        039 iF: m3 f64.store
        03A ii: m0 i32.store8
        03B ii: m1 i32.store16
        03C iI: m0 i64.store8
        03D iI: m1 i64.store16
        03E iI: m2 i64.store32
        03F - s memory.size memory.grow i32.const i64.const f32.const f64.const
        045 i:i n i32.eqz
        046 ii:i n i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u
        050 I:i n i64.eqz
        051 II:i n i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u
        05B ff:i n f32.eq f32.ne f32.lt f32.gt f32.le f32.ge
        061 FF:i n f64.eq f64.ne f64.lt f64.gt f64.le f64.ge
        067 i:i n i32.clz i32.ctz i32.popcnt
        06A ii:i n i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u i32.and i32.or i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr
        079 I:I n i64.clz i64.ctz i64.popcnt
        07C II:I n i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u i64.and i64.or i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr
        08B f:f n f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt
        092 ff:f n f32.add f32.sub f32.mul f32.div f32.min f32.max f32.copysign
        099 F:F n f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt
        0A0 FF:F n f64.add f64.sub f64.mul f64.div f64.min f64.max f64.copysign
        0A7 I:i n i32.wrap_i64
        0A8 f:i n i32.trunc_f32_s i32.trunc_f32_u
        0AA F:i n i32.trunc_f64_s i32.trunc_f64_u
        0AC i:I n i64.extend_i32_s i64.extend_i32_u
        0AE f:I n i64.trunc_f32_s i64.trunc_f32_u
        0B0 F:I n i64.trunc_f64_s i64.trunc_f64_u
        0B2 i:f n f32.convert_i32_s f32.convert_i32_u
        0B4 I:f n f32.convert_i64_s f32.convert_i64_u
        0B6 F:f n f32.demote_f64
        0B7 i:F n f64.convert_i32_s f64.convert_i32_u
        0B9 I:F n f64.convert_i64_s f64.convert_i64_u
        0BB f:F n f64.promote_f32
        0BC f:i n i32.reinterpret_f32
        0BD F:I n i64.reinterpret_f64
        0BE i:f n f32.reinterpret_i32
        0BF I:F n f64.reinterpret_i64
        0C0 i:i n i32.extend8_s i32.extend16_s
        0C2 I:I n i64.extend8_s i64.extend16_s i64.extend32_s
        0D0 - s ref.null ref.is_null ref.func
        100 f:i n i32.trunc_sat_f32_s i32.trunc_sat_f32_u
        102 F:i n i32.trunc_sat_f64_s i32.trunc_sat_f64_u
        104 f:I n i64.trunc_sat_f32_s i64.trunc_sat_f32_u
        106 F:I n i64.trunc_sat_f64_s i64.trunc_sat_f64_u
        108 - s memory.init data.drop memory.copy memory.fill table.init elem.drop table.copy table.grow table.size table.fill
        200 i:v m4 v128.load
        201 i:v m3 v128.load8x8_s v128.load8x8_u v128.load16x4_s v128.load16x4_u v128.load32x2_s v128.load32x2_u
        207 i:v m0 v128.load8_splat
        208 i:v m1 v128.load16_splat
        209 i:v m2 v128.load32_splat
        20A i:v m3 v128.load64_splat
        20B iv: m4 v128.store
        20C - s v128.const i8x16.shuffle
        20E vv:v n i8x16.swizzle
        20F i:v n i8x16.splat i16x8.splat i32x4.splat
        212 I:v n i64x2.splat
        213 f:v n f32x4.splat
        214 F:v n f64x2.splat
        215 v:i l16 i8x16.extract_lane_s i8x16.extract_lane_u
        217 vi:v l16 i8x16.replace_lane
        218 v:i l8 i16x8.extract_lane_s i16x8.extract_lane_u
        21A vi:v l8 i16x8.replace_lane
        21B v:i l4 i32x4.extract_lane
        21C vi:v l4 i32x4.replace_lane
        21D v:I l2 i64x2.extract_lane
        21E vI:v l2 i64x2.replace_lane
        21F v:f l4 f32x4.extract_lane
        220 vf:v l4 f32x4.replace_lane
        221 v:F l2 f64x2.extract_lane
        222 vF:v l2 f64x2.replace_lane
        223 vv:v n i8x16.eq i8x16.ne i8x16.lt_s i8x16.lt_u i8x16.gt_s i8x16.gt_u i8x16.le_s i8x16.le_u i8x16.ge_s i8x16.ge_u
        22D vv:v n i16x8.eq i16x8.ne i16x8.lt_s i16x8.lt_u i16x8.gt_s i16x8.gt_u i16x8.le_s i16x8.le_u i16x8.ge_s i16x8.ge_u
        237 vv:v n i32x4.eq i32x4.ne i32x4.lt_s i32x4.lt_u i32x4.gt_s i32x4.gt_u i32x4.le_s i32x4.le_u i32x4.ge_s i32x4.ge_u
        241 vv:v n f32x4.eq f32x4.ne f32x4.lt f32x4.gt f32x4.le f32x4.ge
        247 vv:v n f64x2.eq f64x2.ne f64x2.lt f64x2.gt f64x2.le f64x2.ge
        24D v:v n v128.not
        24E vv:v n v128.and v128.andnot v128.or v128.xor
        252 vvv:v n v128.bitselect
        253 v:i n v128.any_true
        254 iv:v m0,l16 v128.load8_lane
        255 iv:v m1,l8 v128.load16_lane
        256 iv:v m2,l4 v128.load32_lane
        257 iv:v m3,l2 v128.load64_lane
        258 iv: m0,l16 v128.store8_lane
        259 iv: m1,l8 v128.store16_lane
        25A iv: m2,l4 v128.store32_lane
        25B iv: m3,l2 v128.store64_lane
        25C i:v m2 v128.load32_zero
        25D i:v m3 v128.load64_zero
        25E v:v n f32x4.demote_f64x2_zero f64x2.promote_low_f32x4 i8x16.abs i8x16.neg i8x16.popcnt
        263 v:i n i8x16.all_true i8x16.bitmask
        265 vv:v n i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u
        267 v:v n f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest
        26B vi:v n i8x16.shl i8x16.shr_s i8x16.shr_u
        26E vv:v n i8x16.add i8x16.add_sat_s i8x16.add_sat_u i8x16.sub i8x16.sub_sat_s i8x16.sub_sat_u
        274 v:v n f64x2.ceil f64x2.floor
        276 vv:v n i8x16.min_s i8x16.min_u i8x16.max_s i8x16.max_u
        27A v:v n f64x2.trunc
        27B vv:v n i8x16.avgr_u
        27C v:v n i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u i16x8.abs i16x8.neg
        282 vv:v n i16x8.q15mulr_sat_s
        283 v:i n i16x8.all_true i16x8.bitmask
        285 vv:v n i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u
        287 v:v n i16x8.extend_low_i8x16_s i16x8.extend_high_i8x16_s i16x8.extend_low_i8x16_u i16x8.extend_high_i8x16_u
        28B vi:v n i16x8.shl i16x8.shr_s i16x8.shr_u
        28E vv:v n i16x8.add i16x8.add_sat_s i16x8.add_sat_u i16x8.sub i16x8.sub_sat_s i16x8.sub_sat_u
        294 v:v n f64x2.nearest
        295 vv:v n i16x8.mul i16x8.min_s i16x8.min_u i16x8.max_s i16x8.max_u
        29B vv:v n i16x8.avgr_u i16x8.extmul_low_i8x16_s i16x8.extmul_high_i8x16_s i16x8.extmul_low_i8x16_u i16x8.extmul_high_i8x16_u
        2A0 v:v n i32x4.abs i32x4.neg
        2A3 v:i n i32x4.all_true i32x4.bitmask
        2A7 v:v n i32x4.extend_low_i16x8_s i32x4.extend_high_i16x8_s i32x4.extend_low_i16x8_u i32x4.extend_high_i16x8_u
        2AB vi:v n i32x4.shl i32x4.shr_s i32x4.shr_u
        2AE vv:v n i32x4.add
        2B1 vv:v n i32x4.sub
        2B5 vv:v n i32x4.mul i32x4.min_s i32x4.min_u i32x4.max_s i32x4.max_u i32x4.dot_i16x8_s
        2BC vv:v n i32x4.extmul_low_i16x8_s i32x4.extmul_high_i16x8_s i32x4.extmul_low_i16x8_u i32x4.extmul_high_i16x8_u
        2C0 v:v n i64x2.abs i64x2.neg
        2C3 v:i n i64x2.all_true i64x2.bitmask
        2C7 v:v n i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s i64x2.extend_low_i32x4_u i64x2.extend_high_i32x4_u
        2CB vi:v n i64x2.shl i64x2.shr_s i64x2.shr_u
        2CE vv:v n i64x2.add
        2D1 vv:v n i64x2.sub
        2D5 vv:v n i64x2.mul i64x2.eq i64x2.ne i64x2.lt_s i64x2.gt_s i64x2.le_s i64x2.ge_s
        2DC vv:v n i64x2.extmul_low_i32x4_s i64x2.extmul_high_i32x4_s i64x2.extmul_low_i32x4_u i64x2.extmul_high_i32x4_u
        2E0 v:v n f32x4.abs f32x4.neg
        2E3 v:v n f32x4.sqrt
        2E4 vv:v n f32x4.add f32x4.sub f32x4.mul f32x4.div f32x4.min f32x4.max f32x4.pmin f32x4.pmax
        2EC v:v n f64x2.abs f64x2.neg
        2EF v:v n f64x2.sqrt
        2F0 vv:v n f64x2.add f64x2.sub f64x2.mul f64x2.div f64x2.min f64x2.max f64x2.pmin f64x2.pmax
        2F8 v:v n i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u
        """;

    private static InstructionInfo[] Build()
    {
        var table = new InstructionInfo[Vector + 0x100];
        foreach (var line in Text.Split('\n')) AddLine(table, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        for (var code = 0; code < table.Length; code++) table[code] ??= new(code, "illegal", Immediates.Illegal);
        return table;
    }

    private static void AddLine(InstructionInfo[] table, string[] words)
    {
        var code = int.Parse(words[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        foreach (var name in words.AsSpan(3)) table[code] = Row(code++, name, words[1], words[2]);
    }

    private static InstructionInfo Row(int code, string name, string signature, string immediates)
    {
        var parts = immediates.Split(',');
        var kind = parts switch
        {
            ["s"] or ["x"] => Immediates.Special,
            ["n"] => Immediates.None,
            [_, _] => Immediates.MemoryLane,
            [var one] => one[0] == 'm' ? Immediates.Memory : Immediates.Lane,
            _ => throw new InvalidOperationException("BUG: instruction table."),
        };
        var row = new InstructionInfo(code, name, kind) { Use = UseOf(code) };
        foreach (var part in parts)
        {
            if (part[0] == 'm') row.Alignment = Number(part);
            if (part[0] == 'l') row.Lanes = Number(part);
        }
        if (immediates == "x") row.Feature = WasmFeatures.ExceptionHandling;
        if (signature == "-") return row;
        var colon = signature.IndexOf(':', StringComparison.Ordinal);
        row.HasSignature = true;
        row.Rotation = RotationOf(code);
        row.Inputs = [.. signature[..colon].Select(Kind)];
        row.Output = colon + 1 < signature.Length ? Kind(signature[colon + 1]) : null;
        return row;
    }

    private static UsedFeatures UseOf(int code) => code switch
    {
        0x08 or 0x0A or 0x1F => UsedFeatures.ExceptionHandling,
        0x12 or 0x13 => UsedFeatures.TailCall,
        0x1C or 0x25 or 0x26 or >= 0xD0 and <= 0xD2 or >= 0x10F and <= 0x111 => UsedFeatures.ReferenceTypes,
        >= 0xC0 and <= 0xC4 => UsedFeatures.SignExtension,
        >= Misc and <= 0x107 => UsedFeatures.NontrappingConversion,
        >= 0x108 and <= 0x10E => UsedFeatures.BulkMemory,
        >= Vector => UsedFeatures.Simd,
        _ => UsedFeatures.None,
    };

    private static Rotation RotationOf(int code) => code switch
    {
        0x77 or 0x78 or 0x89 or 0x8A => Rotation.Whole,
        0x74 or 0x86 => Rotation.Left,
        0x76 or 0x88 => Rotation.Right,
        0x72 or 0x73 or 0x84 or 0x85 => Rotation.Join,
        0x6C or 0x7E => Rotation.Product,
        _ => Rotation.None,
    };

    private static int Number(string part) => int.Parse(part.AsSpan(1), CultureInfo.InvariantCulture);

    private static ValueKind Kind(char letter) => letter switch
    {
        'i' => ValueKind.I32,
        'I' => ValueKind.I64,
        'f' => ValueKind.F32,
        'F' => ValueKind.F64,
        'v' => ValueKind.V128,
        _ => throw new InvalidOperationException("BUG: instruction table."),
    };
}
