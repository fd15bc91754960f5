using System.Net;

namespace ClawGrains.Sandbox.Http;

/// <summary>Finds all addresses of a name.</summary>
public delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

/// <summary>How the host sends plugins' requests.</summary>
public sealed record GuardedHttpOptions
{
    /// <summary>Default: the system's resolver.</summary>
    public HostResolver Resolver { get; init; } = static (host, cancellation) => Dns.GetHostAddressesAsync(host, cancellation);

    /// <summary>Private addresses, each with its port, that the operator lets plugins reach. Default none.</summary>
    public IReadOnlyCollection<IPEndPoint> PermittedPrivate { get; init; } = [];

    /// <summary>Redirects followed. Default 5.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Time for the connection to be made. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether secrets are put into requests without TLS. Default false.</summary>
    public bool CredentialsWithoutTls { get; init; }
}
