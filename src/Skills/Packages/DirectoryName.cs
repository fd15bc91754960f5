using System.Text;

namespace ClawGrains.Skills.Packages;

/// <summary>A skill's name as a directory's: letters, digits, <c>. _ -</c>; no leading dot, no path.</summary>
internal static class DirectoryName
{
    private const int MaxLength = 100;

    public static string For(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
            if (char.IsLetterOrDigit(c) || c is '_' or '-' || (c == '.' && text.Length > 0)) text.Append(c);
            else if (text.Length > 0 && text[^1] != '-') text.Append('-');
        var safe = text.ToString().TrimEnd('-', '.');
        return safe.Length == 0 ? "skill" : safe.Length > MaxLength ? safe[..MaxLength].TrimEnd('-', '.') : safe;
    }
}
