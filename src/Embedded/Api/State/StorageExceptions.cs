using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A record was changed by someone else since it was read. When it leaves a grain's method, that activation ends,
/// so that the next call reads the record again.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    /// <summary>Says what was found and what was expected.</summary>
    public InconsistentStateException(string errorMsg, string storedEtag, string currentEtag)
        : base($"{errorMsg} Expected Etag={currentEtag} Received Etag={storedEtag}") => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

    /// <summary>Says what went wrong.</summary>
    public InconsistentStateException(string message) : base(message)
    {
    }

    /// <summary>The version in the storage.</summary>
    [Id(1)]
    public string StoredEtag { get; private set; } = "Unknown";

    /// <summary>The version that the grain had.</summary>
    [Id(2)]
    public string CurrentEtag { get; private set; } = "Unknown";

    internal bool IsSourceActivation { get; set; } = true;
}

/// <summary>A storage that is named somewhere and configured nowhere, or wrongly.</summary>
[GenerateSerializer]
public sealed class BadProviderConfigException : OrleansException
{
    /// <summary>Says what is wrong.</summary>
    public BadProviderConfigException(string msg) : base(msg)
    {
    }
}
