namespace ClawGrains.Contracts;

/// <summary>The stable codes of <see cref="PluginErrorKind"/>, and the HTTP status each is answered with.</summary>
public static class PluginErrorCodes
{
    /// <summary>The code of a kind, for example <c>permission_denied</c> or <c>resource_exhausted.fuel</c>.</summary>
    public static string Of(PluginErrorKind kind, ExhaustedResource resource = ExhaustedResource.None) => kind switch
    {
        PluginErrorKind.NotFound => "not_found",
        PluginErrorKind.InvalidManifest => "invalid_manifest",
        PluginErrorKind.PermissionDenied => "permission_denied",
        PluginErrorKind.ResourceExhausted => Exhausted(resource),
        PluginErrorKind.Trap => "trap",
        PluginErrorKind.Incompatible => "incompatible",
        PluginErrorKind.NotImplemented => "not_implemented",
        PluginErrorKind.Cancelled => "cancelled",
        PluginErrorKind.InvalidArguments => "invalid_arguments",
        PluginErrorKind.Internal => "internal",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "BUG: an error kind without a code."),
    };

    /// <summary>The HTTP status of a kind.</summary>
    public static int HttpStatus(PluginErrorKind kind) => kind switch
    {
        PluginErrorKind.NotFound => 404,
        PluginErrorKind.InvalidManifest or PluginErrorKind.InvalidArguments => 400,
        PluginErrorKind.PermissionDenied => 403,
        PluginErrorKind.ResourceExhausted => 429,
        PluginErrorKind.Trap => 422,
        PluginErrorKind.Incompatible => 409,
        PluginErrorKind.NotImplemented => 501,
        PluginErrorKind.Cancelled => 499,
        _ => 500,
    };

    private static string Exhausted(ExhaustedResource resource) => resource switch
    {
        ExhaustedResource.None => "resource_exhausted",
        ExhaustedResource.Fuel => "resource_exhausted.fuel",
        ExhaustedResource.Memory => "resource_exhausted.memory",
        ExhaustedResource.Time => "resource_exhausted.time",
        ExhaustedResource.Size => "resource_exhausted.size",
        ExhaustedResource.Rate => "resource_exhausted.rate",
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "BUG: a resource without a code."),
    };
}
