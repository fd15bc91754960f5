using System.Net;

namespace ClawGrains.Client.Hosting;

/// <summary>Whether HTTP callers must show the token.</summary>
internal enum AuthMode
{
    /// <summary>They must.</summary>
    Token,

    /// <summary>They need not; on a loopback address only.</summary>
    None,
}

/// <summary>What <c>claw serve</c> was told.</summary>
internal sealed record HostOptions
{
    public const int DefaultPort = 7410;

    public const string DefaultAddress = "127.0.0.1";

    public required HostPaths Paths { get; init; }

    /// <summary>The port; 0 takes a free one. Default 7410.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The IP address. Default 127.0.0.1.</summary>
    public string Address { get; init; } = DefaultAddress;

    /// <summary>Default: the token.</summary>
    public AuthMode Auth { get; init; } = AuthMode.Token;

    /// <summary>Whether plugins are on whatever the settings say. Default false.</summary>
    public bool EnablePlugins { get; init; }

    /// <summary>Whether to log more. Default false.</summary>
    public bool Verbose { get; init; }

    /// <summary>Whether the banner is one JSON object. Default false.</summary>
    public bool Json { get; init; }

    public bool IsLoopback => IPAddress.IsLoopback(IPAddress.Parse(Address));
}
