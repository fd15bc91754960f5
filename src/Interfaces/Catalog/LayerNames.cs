namespace ClawGrains.Interfaces;

/// <summary>The names of the layers, strongest first.</summary>
public static class LayerNames
{
    /// <summary>The workspace's own skills.</summary>
    public const string Workspace = "workspace";

    /// <summary>Installed skills.</summary>
    public const string Managed = "managed";

    /// <summary>Skills that a plugin brings.</summary>
    public const string Plugin = "plugin";

    /// <summary>Skills that are shipped with the product.</summary>
    public const string Bundled = "bundled";
}
