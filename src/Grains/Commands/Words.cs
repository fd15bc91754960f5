namespace ClawGrains.Grains.Commands;

/// <summary>Takes what was typed after a command's name apart.</summary>
internal static class Words
{
    /// <summary>The first word, and what follows it less the space around.</summary>
    public static (string Word, string Following) First(string text)
    {
        var end = text.AsSpan().IndexOfAny(" \t\r\n");
        return end < 0 ? (text, "") : (text[..end], text[(end + 1)..].Trim());
    }
}
