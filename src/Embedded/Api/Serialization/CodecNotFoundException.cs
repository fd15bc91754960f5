namespace Orleans.Serialization;

/// <summary>The base of exceptions about values that can't travel.</summary>
[GenerateSerializer]
public class SerializerException : Exception
{
    /// <summary>Says what went wrong.</summary>
    public SerializerException(string message) : base(message)
    {
    }
}

/// <summary>A value of a type that can't travel; the message names the type and what to add.</summary>
[GenerateSerializer]
public sealed class CodecNotFoundException : SerializerException
{
    /// <summary>Says which type.</summary>
    public CodecNotFoundException(string message) : base(message)
    {
    }
}
