namespace ClawGrains.Contracts;

/// <summary>What went wrong, in the terms a caller can act on.</summary>
public enum PluginErrorKind
{
    /// <summary>The named skill, plugin, tool, file or key does not exist.</summary>
    NotFound,

    /// <summary>A manifest or front matter is not valid.</summary>
    InvalidManifest,

    /// <summary>The permission was not declared, not approved, or is never given.</summary>
    PermissionDenied,

    /// <summary>A limit was reached; <see cref="PluginError.Resource"/> says which.</summary>
    ResourceExhausted,

    /// <summary>The guest trapped.</summary>
    Trap,

    /// <summary>The ABI or format version is not one this host speaks.</summary>
    Incompatible,

    /// <summary>A reserved capability that this version does not have.</summary>
    NotImplemented,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The arguments do not fit the tool's schema.</summary>
    InvalidArguments,

    /// <summary>A mistake of the host's own.</summary>
    Internal,
}

/// <summary>Which limit a <see cref="PluginErrorKind.ResourceExhausted"/> error is about.</summary>
public enum ExhaustedResource
{
    /// <summary>Not an exhaustion.</summary>
    None,

    /// <summary>The instruction budget of a call.</summary>
    Fuel,

    /// <summary>The memory of an instance, in bytes.</summary>
    Memory,

    /// <summary>The wall clock of a call.</summary>
    Time,

    /// <summary>The size of a file, body, message or binary.</summary>
    Size,

    /// <summary>Calls per time or at once.</summary>
    Rate,
}
