using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Manifest;

/// <summary>A WIT package with its version: <c>clawft:plugin@0.1.0</c>.</summary>
/// <param name="Name">Namespace and name.</param>
/// <param name="Version">The version.</param>
public readonly record struct WitPackage(string Name, PluginVersion Version)
{
    /// <summary>The world of plugins with five host functions.</summary>
    public static WitPackage Plugin { get; } = new("clawft:plugin", new PluginVersion(0, 1, 0));

    private static readonly WitPackage[] Known =
    [
        Plugin,
        new("clawgrains:state", new PluginVersion(1, 0, 0)),
        new("zeroclaw:plugin", new PluginVersion(0, 1, 0)),
        .. from space in (string[])["clawgrains", "zeroclaw"]
           from name in (string[])["tools", "hooks", "providers"]
           select new WitPackage($"{space}:{name}", new PluginVersion(1, 0, 0)),
    ];

    /// <summary>Reads <c>namespace:name@version</c>; false where it is not that.</summary>
    public static bool TryParse(string text, out WitPackage package)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        package = default;
        if (at < 0 || !PluginVersion.TryParse(text[(at + 1)..], out var version)) return false;
        package = new WitPackage(text[..at], version);
        return true;
    }

    /// <summary>Null where this host speaks the package: the same major version and no later minor. Else why not.</summary>
    public string? WhyIncompatible()
    {
        var name = Name;
        if (Known.FirstOrDefault(k => k.Name == name) is not { Name: not null } known)
            return $"this host does not know {Name}; it knows {string.Join(", ", Known)}";
        if (Version.Major != known.Version.Major)
            return $"this host speaks {known.Name} {known.Version.Major}.x up to {known}, and {Version} is another major version";
        return Version.Minor > known.Version.Minor ? $"{Version} is later than {known}, the latest this host speaks" : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{Version}";
}
