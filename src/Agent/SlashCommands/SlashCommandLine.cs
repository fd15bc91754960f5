namespace ClawGrains.Agent.SlashCommands;

/// <summary>Takes a typed line apart.</summary>
public static class SlashCommandLine
{
    /// <summary>
    /// Splits <c>/name arguments</c>; false where the line does not begin with a slash and a name. Names are matched in
    /// lower case, the arguments are passed on as they were typed, less the space around them.
    /// </summary>
    public static bool TryParse(string line, out string name, out string arguments)
    {
        (name, arguments) = ("", "");
        var text = line.Trim();
        if (text.Length < 2 || text[0] != '/' || char.IsWhiteSpace(text[1])) return false;
        var end = text.AsSpan().IndexOfAny(" \t\r\n");
        name = (end < 0 ? text[1..] : text[1..end]).ToLowerInvariant();
        arguments = end < 0 ? "" : text[(end + 1)..].Trim();
        return true;
    }
}
