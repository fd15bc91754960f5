namespace Orleans.Runtime;

/// <summary>What is known of this silo.</summary>
public interface ILocalSiloDetails
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The cluster's name.</summary>
    string ClusterId { get; }

    /// <summary>The machine's name.</summary>
    string DnsHostName { get; }

    /// <summary>Its address.</summary>
    SiloAddress SiloAddress { get; }
}

/// <summary>Runs once when the silo is ready for calls.</summary>
public interface IStartupTask
{
    /// <summary>Does the work; a failure fails the start of the host.</summary>
    Task Execute(CancellationToken cancellationToken);
}
