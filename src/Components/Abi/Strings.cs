using System.Text;
using ClawGrains.Components.Linking;

namespace ClawGrains.Components.Abi;

/// <summary>
/// A string's origin: its encoding and its length in code units there. The ABI allocates by these when it transcodes,
/// so a guest's string keeps them; a .NET string counts as UTF-16.
/// </summary>
internal readonly record struct StringSource(StringSourceEncoding Encoding, uint CodeUnits)
{
    public static StringSource Of(ComponentValue value)
    {
        if (value.Bits == 0) return new(StringSourceEncoding.Utf16, (uint)value.AsString().Length);
        return new((StringSourceEncoding)(value.Bits >> 32), (uint)value.Bits);
    }

    public ulong Packed => ((ulong)Encoding << 32) | CodeUnits;
}

/// <summary>Numbered from 1, so that no packed source is zero.</summary>
internal enum StringSourceEncoding { Utf8 = 1, Utf16, Latin1, CompactUtf16 }

/// <summary>CanonicalABI.md, <c>load_string</c>.</summary>
internal static class StringLoading
{
    public const uint MaxByteLength = (1u << 28) - 1;
    public const uint Utf16Tag = 1u << 31;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding StrictUtf16 = new(false, false, throwOnInvalidBytes: true);

    public static ComponentValue FromRange(CanonicalContext cx, uint pointer, uint taggedCodeUnits)
    {
        var (encoding, alignment, byteLength, units) = Shape(cx.Options.Encoding, taggedCodeUnits);
        Trap.If(byteLength > MaxByteLength, "string length exceeds the maximum");
        Trap.If(pointer % alignment != 0, "unaligned pointer");
        Trap.If(pointer + byteLength > (ulong)cx.Memory.Size, "string pointer/length out of bounds of memory: string content out-of-bounds");
        cx.Account(2 * (long)byteLength);
        var text = Decode(encoding, cx.Memory.Read(pointer, (uint)byteLength));
        return ComponentValue.LiftedString(text, new StringSource(encoding, units).Packed);
    }

    private static (StringSourceEncoding, uint Alignment, ulong Bytes, uint Units) Shape(StringEncoding encoding, uint tagged) => encoding switch
    {
        StringEncoding.Utf8 => (StringSourceEncoding.Utf8, 1, tagged, tagged),
        StringEncoding.Utf16 => (StringSourceEncoding.Utf16, 2, 2ul * tagged, tagged),
        _ when (tagged & Utf16Tag) != 0 => (StringSourceEncoding.CompactUtf16, 2, 2ul * (tagged ^ Utf16Tag), tagged ^ Utf16Tag),
        _ => (StringSourceEncoding.Latin1, 2, tagged, tagged),
    };

    private static string Decode(StringSourceEncoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding switch
            {
                StringSourceEncoding.Utf8 => StrictUtf8.GetString(bytes),
                StringSourceEncoding.Latin1 => Encoding.Latin1.GetString(bytes),
                _ => StrictUtf16.GetString(bytes),
            };
        }
        catch (DecoderFallbackException)
        {
            throw Trap.Because(encoding == StringSourceEncoding.Utf8 ? Utf8Error(bytes) : "unpaired surrogate: invalid utf-16");
        }
    }

    private static string Utf8Error(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var consumed);
            if (status == System.Buffers.OperationStatus.NeedMoreData) return "incomplete utf-8 byte sequence";
            if (status != System.Buffers.OperationStatus.Done) return "invalid utf-8 sequence";
            bytes = bytes[consumed..];
        }
        return "invalid utf-8";
    }
}
