using System.Globalization;

namespace ClawGrains.Components.Wit;

/// <summary>Gathers small pieces of text and hands them on in large ones, so that nothing need hold the whole.</summary>
/// <param name="target">Where they go.</param>
/// <param name="size">Characters of a large one; a number has room.</param>
internal sealed class WaveOutput(TextWriter target, int size)
{
    private const int LongestNumber = 32;
    private readonly char[] _buffer = new char[size];
    private int _length;

    public void Write(char c)
    {
        if (_length == size) Flush();
        _buffer[_length++] = c;
    }

    public void Write(ReadOnlySpan<char> text)
    {
        while (text.Length > size - _length)
        {
            var part = text[..(size - _length)];
            part.CopyTo(_buffer.AsSpan(_length));
            _length = size;
            Flush();
            text = text[part.Length..];
        }
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    public void Number<T>(T value) where T : ISpanFormattable
    {
        if (LongestNumber > size - _length) Flush();
        if (!value.TryFormat(_buffer.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture))
            throw new InvalidOperationException($"BUG: a number of more than {LongestNumber} characters.");
        _length += written;
    }

    public void Flush()
    {
        target.Write(_buffer, 0, _length);
        _length = 0;
    }
}
