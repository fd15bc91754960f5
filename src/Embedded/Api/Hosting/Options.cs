namespace Orleans.Configuration;

/// <summary>How calls are made.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits before <see cref="TimeoutException"/>: 30 seconds by default.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a call that timed out is also cancelled at the callee, if it takes a <see cref="CancellationToken"/>; false by default.</summary>
    public bool CancelRequestOnTimeout { get; set; }
}

/// <summary>How grains make calls.</summary>
public class SiloMessagingOptions : MessagingOptions;

/// <summary>How clients make calls.</summary>
public class ClientMessagingOptions : MessagingOptions;

/// <summary>The names of the cluster.</summary>
public class ClusterOptions
{
    /// <summary>The cluster.</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>The service.</summary>
    public string ServiceId { get; set; } = "default";
}

/// <summary>The name of the silo.</summary>
public class SiloOptions
{
    /// <summary>The name.</summary>
    public string? SiloName { get; set; }
}

/// <summary>When idle activations end.</summary>
public class GrainCollectionOptions
{
    /// <summary>How long an activation may be idle: 15 minutes by default; more than <see cref="CollectionQuantum"/>.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for: every minute by default.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long <c>OnDeactivateAsync</c> may take: 30 seconds by default.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <c>OnActivateAsync</c> may take: 30 seconds by default.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Ages by the full name of the grain class.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];
}
