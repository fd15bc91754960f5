namespace ClawGrains.Sandbox.Permissions;

/// <summary>Which variables a plugin may read: names, and patterns with <c>*</c> that never cover what looks like a secret.</summary>
public static class EnvironmentRules
{
    private static readonly string[] Secretive =
        ["KEY", "SECRET", "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "AUTH", "PRIVATE", "COOKIE", "SESSION", "CONNECTIONSTRING", "CONNECTION_STRING", "DSN", "CERT", "SIGNATURE"];

    /// <summary>Whether a name looks like that of a secret and therefore must be named whole.</summary>
    public static bool LooksSecret(string name) =>
        Secretive.Any(s => name.Contains(s, StringComparison.OrdinalIgnoreCase)) || name.EndsWith("_PWD", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether <paramref name="permitted"/> lets a plugin read <paramref name="name"/>.</summary>
    public static bool Permits(IEnumerable<string> permitted, string name) =>
        permitted.Any(p => p.Contains('*', StringComparison.Ordinal) ? !LooksSecret(name) && Like(p, name) : p == name);

    /// <summary>Whether <paramref name="text"/> fits a pattern in which <c>*</c> stands for any characters.</summary>
    public static bool Like(string pattern, string text)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1) return pattern == text;
        if (!text.StartsWith(parts[0], StringComparison.Ordinal)) return false;
        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            at = text.IndexOf(part, at, StringComparison.Ordinal);
            if (at < 0) return false;
            at += part.Length;
        }
        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
