using System.Security.Cryptography;
using System.Text;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>Which token gives access to which tenant. Holds the token's hash, not the token.</summary>
/// <param name="Tenant">The tenant whose features the bearer sees.</param>
/// <param name="TokenHash">The SHA-256 of the token.</param>
internal sealed record McpCredential(TenantId Tenant, ReadOnlyMemory<byte> TokenHash)
{
    /// <summary>The credential of a token.</summary>
    public static McpCredential Of(TenantId tenant, string token) => new(tenant, Hash(token));

    /// <summary>Whether a token is the credential's, in a time that tells nothing of where they differ.</summary>
    public bool Matches(string token) => CryptographicOperations.FixedTimeEquals(TokenHash.Span, Hash(token));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
