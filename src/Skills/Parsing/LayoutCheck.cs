namespace ClawGrains.Skills.Parsing;

/// <summary>Looks at the text around events for what the library lets pass and OpenClaw's reader does not.</summary>
internal sealed class LayoutCheck(string block)
{
    private int[]? _lineStarts;

    /// <summary>
    /// The first line after <paramref name="first"/> up to <paramref name="last"/> that has text and is indented by
    /// <paramref name="indent"/> spaces or fewer. A collection's closing bracket may stand at the indent; comments may stand anywhere.
    /// </summary>
    public int? FirstUnindented(int first, int last, int indent, bool isCollection)
    {
        var starts = _lineStarts ??= LineStarts();
        for (var line = first + 1; line <= last && line <= starts.Length; line++)
        {
            var at = starts[line - 1];
            var text = at;
            while (text < block.Length && block[text] == ' ') text++;
            if (text >= block.Length || block[text] is '\n' or '\r' || text - at > indent) continue;
            if (isCollection && (block[text] == '#' || IsClosing(line == last, text - at == indent, block[text]))) continue;
            return line;
        }
        return null;
    }

    public bool ColonFollows(int index)
    {
        while (index < block.Length && block[index] is (' ' or '\t')) index++;
        return index < block.Length && block[index] == ':';
    }

    public bool IsExplicitKey(int index)
    {
        var i = Math.Min(index, block.Length) - 1;
        while (i >= 0 && block[i] is (' ' or '\t')) i--;
        return i >= 0 && block[i] == '?';
    }

    /// <summary>Whether only blanks stand before the index on its line, and one of them is a tab.</summary>
    public bool IsTabIndented(int index)
    {
        var tab = false;
        for (var i = Math.Min(index, block.Length) - 1; i >= 0 && block[i] != '\n'; i--)
        {
            if (block[i] is not (' ' or '\t')) return false;
            tab |= block[i] == '\t';
        }
        return tab;
    }

    /// <summary>Whether a comma, and nothing but blanks, brackets and comments besides, separates two entries of a flow collection.</summary>
    public bool CommaBetween(int end, int start)
    {
        var comma = false;
        for (var i = end; i < start && i < block.Length; i++)
        {
            if (block[i] == '#') i = EndOfLine(i);
            else if (block[i] == ',') comma = true;
            else if (!char.IsWhiteSpace(block[i]) && block[i] is not (']' or '}' or '?')) return false;
        }
        return comma;
    }

    private int EndOfLine(int index)
    {
        var end = block.IndexOf('\n', index);
        return end < 0 ? block.Length : end;
    }

    private static bool IsClosing(bool isLast, bool atIndent, char c) => isLast && atIndent && c is ('}' or ']');

    private int[] LineStarts()
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < block.Length; i++)
            if (block[i] == '\n') starts.Add(i + 1);
        return [.. starts];
    }
}
