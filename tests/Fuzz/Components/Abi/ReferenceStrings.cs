using System.Text;
using ClawGrains.Components;
using ClawGrains.Components.Abi;
using ClawGrains.Components.Linking;

namespace ClawGrains.Fuzz.Components.Abi;

/// <summary>
/// CanonicalABI.md, <c>store_string_into_range</c> and the functions it calls. A string from the host counts as one of
/// the destination's encoding.
/// </summary>
internal sealed class ReferenceStrings(ReferenceContext cx)
{
    private const uint Tag = ReferenceContext.Utf16Tag;

    public (uint Pointer, uint Tagged) StoreIntoRange(ComponentValue value)
    {
        var (text, encoding, units) = Source(value);
        switch (cx.Encoding, encoding)
        {
            case (StringEncoding.Utf8, StringSourceEncoding.Utf8): return Copy(Encoding.UTF8.GetBytes(text), units, 1, 1);
            case (StringEncoding.Utf8, StringSourceEncoding.Latin1): return ToUtf8(text, units, 2 * units);
            case (StringEncoding.Utf8, _): return ToUtf8(text, units, 3 * units);
            case (StringEncoding.Utf16, StringSourceEncoding.Utf8): return Utf8ToUtf16(text, units);
            case (StringEncoding.Utf16, _): return Copy(Encoding.Unicode.GetBytes(text), units, 2, 2);
            case (_, StringSourceEncoding.Latin1): return Copy(Encoding.Latin1.GetBytes(text), units, 1, 2);
            case (_, StringSourceEncoding.CompactUtf16): return ProbablyUtf16(text, units);
            default: return ToLatin1OrUtf16(text, units);
        }
    }

    private (string, StringSourceEncoding, uint) Source(ComponentValue value)
    {
        var text = value.AsString();
        if (value.Bits != 0)
        {
            var source = StringSource.Of(value);
            return (text, source.Encoding, source.CodeUnits);
        }
        text = Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text));
        if (cx.Encoding == StringEncoding.Utf8) return (text, StringSourceEncoding.Utf8, (uint)Encoding.UTF8.GetByteCount(text));
        if (cx.Encoding == StringEncoding.Utf16) return (text, StringSourceEncoding.Utf16, (uint)text.Length);
        return (text, text.Any(c => c > 0xff) ? StringSourceEncoding.CompactUtf16 : StringSourceEncoding.Latin1, (uint)text.Length);
    }

    private (uint, uint) Copy(byte[] encoded, uint units, uint unitSize, uint alignment)
    {
        var pointer = cx.Allocate(alignment, unitSize * units);
        encoded.CopyTo(cx.Bytes, pointer);
        return (pointer, units);
    }

    private (uint, uint) ToUtf8(string text, uint units, uint worstCase)
    {
        var pointer = cx.Allocate(1, units);
        var encoded = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80)
            {
                cx.Bytes[pointer + i] = (byte)text[i];
                continue;
            }
            pointer = cx.Reallocate(pointer, units, 1, worstCase);
            encoded.AsSpan(i).CopyTo(cx.Bytes.AsSpan((int)pointer + i));
            if (worstCase > encoded.Length) pointer = cx.Reallocate(pointer, worstCase, 1, (uint)encoded.Length);
            return (pointer, (uint)encoded.Length);
        }
        return (pointer, units);
    }

    private (uint, uint) Utf8ToUtf16(string text, uint units)
    {
        var (worstCase, encoded) = (2 * units, Encoding.Unicode.GetBytes(text));
        var pointer = cx.Allocate(2, worstCase);
        encoded.CopyTo(cx.Bytes, pointer);
        if (encoded.Length < worstCase) pointer = cx.Reallocate(pointer, worstCase, 2, (uint)encoded.Length);
        return (pointer, (uint)encoded.Length / 2);
    }

    private (uint, uint) ToLatin1OrUtf16(string text, uint units)
    {
        var pointer = cx.Allocate(2, units);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > 0xff) return Inflate(text, units, pointer, i);
            cx.Bytes[pointer + i] = (byte)text[i];
        }
        if (text.Length < units) pointer = cx.Reallocate(pointer, units, 2, (uint)text.Length);
        return (pointer, (uint)text.Length);
    }

    private (uint, uint) Inflate(string text, uint units, uint pointer, int done)
    {
        var (worstCase, encoded) = (2 * units, Encoding.Unicode.GetBytes(text));
        pointer = cx.Reallocate(pointer, units, 2, worstCase);
        for (var j = done - 1; j >= 0; j--)
        {
            cx.Bytes[pointer + (2 * j)] = cx.Bytes[pointer + j];
            cx.Bytes[pointer + (2 * j) + 1] = 0;
        }
        encoded.AsSpan(2 * done).CopyTo(cx.Bytes.AsSpan((int)pointer + (2 * done)));
        if (worstCase > encoded.Length) pointer = cx.Reallocate(pointer, worstCase, 2, (uint)encoded.Length);
        return (pointer, ((uint)encoded.Length / 2) | Tag);
    }

    private (uint, uint) ProbablyUtf16(string text, uint units)
    {
        var (byteLength, encoded) = (2 * units, Encoding.Unicode.GetBytes(text));
        var pointer = cx.Allocate(2, byteLength);
        encoded.CopyTo(cx.Bytes, pointer);
        if (text.Any(c => c > 0xff)) return (pointer, ((uint)encoded.Length / 2) | Tag);
        for (var i = 0; i < text.Length; i++) cx.Bytes[pointer + i] = cx.Bytes[pointer + (2 * i)];
        pointer = cx.Reallocate(pointer, byteLength, 1, (uint)text.Length);
        return (pointer, (uint)text.Length);
    }
}
