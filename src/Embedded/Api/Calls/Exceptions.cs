namespace Orleans.Runtime;

/// <summary>The base of exceptions of the grain runtime.</summary>
[GenerateSerializer]
public class OrleansException : Exception
{
    /// <summary>Says what went wrong.</summary>
    public OrleansException(string message) : base(message)
    {
    }

    /// <summary>Says what went wrong and why.</summary>
    public OrleansException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The runtime did not take the call.</summary>
[GenerateSerializer]
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message) : base(message)
    {
    }

    internal OrleansMessageRejectionException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The silo has stopped or is stopping.</summary>
[GenerateSerializer]
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>Says what is unavailable.</summary>
    public SiloUnavailableException(string msg) : base(msg)
    {
    }

    internal SiloUnavailableException(string msg, Exception innerException) : base(msg, innerException)
    {
    }
}

/// <summary>Options that contradict each other or the runtime.</summary>
[GenerateSerializer]
public sealed class OrleansConfigurationException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public OrleansConfigurationException(string message) : base(message)
    {
    }
}

/// <summary>A sequence that a grain returned has ended on the grain's side, for example because the grain was deactivated.</summary>
[GenerateSerializer]
public sealed class EnumerationAbortedException : Exception
{
    /// <summary>Says why.</summary>
    public EnumerationAbortedException(string message) : base(message)
    {
    }
}
