using System.Runtime.InteropServices;
using System.Text;
using ClawGrains.Components.Linking;

namespace ClawGrains.Components.Abi;

/// <summary>CanonicalABI.md, <c>store_string_into_range</c>: which buffers are asked for depends on both encodings.</summary>
internal static class StringStoring
{
    public static (uint Pointer, uint TaggedCodeUnits) IntoRange(CanonicalContext cx, ComponentValue value)
    {
        if (value.Bits == 0) return FromHost(cx, value.AsString());
        var text = value.AsString();
        var source = StringSource.Of(value);
        Trap.If(source.CodeUnits > StringLoading.MaxByteLength, "string length exceeds the maximum");
        return (cx.Options.Encoding, source.Encoding) switch
        {
            (StringEncoding.Utf8, StringSourceEncoding.Utf8) => Copy(cx, Encoding.UTF8.GetBytes(text), source.CodeUnits, 1),
            (StringEncoding.Utf8, StringSourceEncoding.Latin1) => ToUtf8(cx, text, source.CodeUnits, 2 * source.CodeUnits),
            (StringEncoding.Utf8, _) => ToUtf8(cx, text, source.CodeUnits, 3 * source.CodeUnits),
            (StringEncoding.Utf16, StringSourceEncoding.Utf8) => Utf8ToUtf16(cx, text, source.CodeUnits),
            (StringEncoding.Utf16, _) => Copy(cx, MemoryMarshal.AsBytes(text.AsSpan()), source.CodeUnits, 2),
            (_, StringSourceEncoding.Latin1) => Copy(cx, Encoding.Latin1.GetBytes(text), source.CodeUnits, 2),
            (_, StringSourceEncoding.CompactUtf16) => ProbablyUtf16(cx, text, source.CodeUnits),
            _ => ToLatin1OrUtf16(cx, text, source.CodeUnits),
        };
    }

    /// <summary>
    /// A host's string counts as one of the destination's encoding: one buffer of the right size. Guests rely on it: the
    /// allocator that adapters of preview 1 offer for what is returned to them refuses to grow a buffer.
    /// </summary>
    private static (uint, uint) FromHost(CanonicalContext cx, string text)
    {
        Trap.If(text.Length > StringLoading.MaxByteLength, "string length exceeds the maximum");
        if (cx.Options.Encoding == StringEncoding.Utf8) return HostUtf8(cx, text);
        text = WellFormed(text);
        var units = (uint)text.Length;
        if (cx.Options.Encoding == StringEncoding.Utf16) return Copy(cx, MemoryMarshal.AsBytes(text.AsSpan()), units, 2);
        return text.AsSpan().ContainsAnyExceptInRange('\0', '\xff')
            ? Copy(cx, MemoryMarshal.AsBytes(text.AsSpan()), units | StringLoading.Utf16Tag, 2)
            : Copy(cx, Encoding.Latin1.GetBytes(text), units, 2);
    }

    private static (uint, uint) HostUtf8(CanonicalContext cx, string text)
    {
        var length = (uint)Encoding.UTF8.GetByteCount(text);
        Trap.If(length > StringLoading.MaxByteLength, "string length exceeds the maximum");
        var pointer = cx.Allocate(1, length);
        Encoding.UTF8.GetBytes(text, cx.Memory.Write(pointer, length));
        return (pointer, length);
    }

    private static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text));
            i++;
        }
        return text;
    }

    private static (uint, uint) Copy(CanonicalContext cx, ReadOnlySpan<byte> encoded, uint codeUnits, uint alignment)
    {
        var pointer = cx.Allocate(alignment, (uint)encoded.Length);
        encoded.CopyTo(cx.Memory.Write(pointer, (uint)encoded.Length));
        return (pointer, codeUnits);
    }

    private static (uint, uint) ToUtf8(CanonicalContext cx, string text, uint codeUnits, uint worstCase)
    {
        var pointer = cx.Allocate(1, codeUnits);
        var ascii = text.AsSpan().IndexOfAnyExceptInRange('\0', '\x7f');
        if (ascii < 0)
        {
            Encoding.ASCII.GetBytes(text, cx.Memory.Write(pointer, codeUnits));
            return (pointer, codeUnits);
        }
        Encoding.ASCII.GetBytes(text.AsSpan(0, ascii), cx.Memory.Write(pointer, (uint)ascii));
        pointer = cx.Reallocate(pointer, codeUnits, 1, worstCase);
        var length = (uint)(ascii + Encoding.UTF8.GetBytes(text.AsSpan(ascii), cx.Memory.Write(pointer, worstCase)[ascii..]));
        if (worstCase > length) pointer = cx.Reallocate(pointer, worstCase, 1, length);
        return (pointer, length);
    }

    private static (uint, uint) Utf8ToUtf16(CanonicalContext cx, string text, uint codeUnits)
    {
        var worstCase = 2 * codeUnits;
        var pointer = cx.Allocate(2, worstCase);
        var encoded = MemoryMarshal.AsBytes(text.AsSpan());
        encoded.CopyTo(cx.Memory.Write(pointer, (uint)encoded.Length));
        if (encoded.Length < worstCase) pointer = cx.Reallocate(pointer, worstCase, 2, (uint)encoded.Length);
        return (pointer, (uint)text.Length);
    }

    private static (uint, uint) ToLatin1OrUtf16(CanonicalContext cx, string text, uint codeUnits)
    {
        var pointer = cx.Allocate(2, codeUnits);
        var latin1 = text.AsSpan().IndexOfAnyExceptInRange('\0', '\xff');
        if (latin1 >= 0) return InflateToUtf16(cx, text, codeUnits, (pointer, latin1));
        Encoding.Latin1.GetBytes(text, cx.Memory.Write(pointer, (uint)text.Length));
        if (text.Length < codeUnits) pointer = cx.Reallocate(pointer, codeUnits, 2, (uint)text.Length);
        return (pointer, (uint)text.Length);
    }

    private static (uint, uint) InflateToUtf16(CanonicalContext cx, string text, uint codeUnits, (uint Pointer, int Latin1) begun)
    {
        Encoding.Latin1.GetBytes(text.AsSpan(0, begun.Latin1), cx.Memory.Write(begun.Pointer, (uint)begun.Latin1));
        var worstCase = 2 * codeUnits;
        var pointer = cx.Reallocate(begun.Pointer, codeUnits, 2, worstCase);
        var encoded = MemoryMarshal.AsBytes(text.AsSpan());
        encoded.CopyTo(cx.Memory.Write(pointer, worstCase));
        if (worstCase > encoded.Length) pointer = cx.Reallocate(pointer, worstCase, 2, (uint)encoded.Length);
        return (pointer, (uint)text.Length | StringLoading.Utf16Tag);
    }

    private static (uint, uint) ProbablyUtf16(CanonicalContext cx, string text, uint codeUnits)
    {
        var byteLength = 2 * codeUnits;
        var pointer = cx.Allocate(2, byteLength);
        MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(cx.Memory.Write(pointer, byteLength));
        if (text.AsSpan().ContainsAnyExceptInRange('\0', '\xff')) return (pointer, codeUnits | StringLoading.Utf16Tag);
        Encoding.Latin1.GetBytes(text, cx.Memory.Write(pointer, codeUnits));
        pointer = cx.Reallocate(pointer, byteLength, 1, codeUnits);
        return (pointer, codeUnits);
    }
}
