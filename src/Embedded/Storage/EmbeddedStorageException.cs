namespace ClawGrains.Embedded;

/// <summary>The database can't be used: the message names the file and says what to do. Nothing was deleted or changed.</summary>
public sealed class EmbeddedStorageException : Exception
{
    /// <summary>Says what is wrong with which file.</summary>
    public EmbeddedStorageException(string path, string message, Exception? inner = null) : base(message, inner) => Path = path;

    /// <summary>The database file.</summary>
    public string Path { get; }
}
