using ClawGrains.Contracts;

namespace ClawGrains.Interfaces;

/// <summary>
/// The keys of the grains. A key always starts with the tenant, and what follows is set apart by the first
/// <c>/</c>, which a tenant id can't contain.
/// </summary>
public static class GrainKeys
{
    /// <summary>The key of a tenant's own grains: <c>TENANT</c>.</summary>
    public static string Of(TenantId tenant) => tenant.Value;

    /// <summary>The key of something a tenant has: <c>TENANT/NAME</c>.</summary>
    public static string Of(TenantId tenant, string name) => $"{tenant.Value}/{name}";

    /// <summary>The tenant a key begins with.</summary>
    /// <exception cref="FormatException">The key does not begin with a tenant id.</exception>
    public static TenantId TenantOf(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return TenantId.Parse(slash < 0 ? key : key[..slash]);
    }

    /// <summary>What follows the tenant in a key.</summary>
    /// <exception cref="FormatException">Nothing follows it.</exception>
    public static string NameOf(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && slash + 1 < key.Length
            ? key[(slash + 1)..]
            : throw new FormatException($"The grain key '{key}' names no more than a tenant.");
    }
}
