namespace ClawGrains.Sandbox.Permissions;

/// <summary>What guests and the audit are told where a permission is lacking. The texts stay as they are: people search audits for them.</summary>
public static class Denials
{
    /// <summary>No host at all is permitted.</summary>
    public const string NoNetwork = "network access not permitted";

    /// <summary>The host, which follows after a colon, is not among the permitted ones.</summary>
    public const string Host = "host not in network allow-list";

    /// <summary>An address of this machine or its network; after a colon follows how it was meant.</summary>
    public const string PrivateAddress = "private or reserved address";

    /// <summary>No variable at all is permitted.</summary>
    public const string NoEnvironment = "environment access not permitted";

    /// <summary>The variable is not among the permitted ones.</summary>
    public const string Variable = "variable not permitted";

    /// <summary>No path at all is permitted.</summary>
    public const string NoFilesystem = "filesystem access not permitted";

    /// <summary>The path is not among the permitted ones.</summary>
    public const string Path = "path outside the permitted directories";

    /// <summary>The path may be read, but not written.</summary>
    public const string WritePath = "path outside the directories permitted for writing";
}
