namespace Orleans.Runtime;

/// <summary>The name of a grain class in identities: by convention the class name in lower case without its suffix <c>Grain</c>.</summary>
[GenerateSerializer, Immutable]
public readonly struct GrainType : IEquatable<GrainType>, IComparable<GrainType>
{
    /// <summary>Makes a grain type of an identity part.</summary>
    public GrainType(IdSpan id) => Value = id;

    /// <summary>The text of the type.</summary>
    public IdSpan Value { get; }

    /// <summary>True for the value that was never given a name.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>Makes a grain type of its name.</summary>
    public static GrainType Create(string value) => new(IdSpan.Create(value));

    /// <inheritdoc/>
    public bool Equals(GrainType obj) => Value.Equals(obj.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(GrainType other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string? ToString() => Value.ToString();

    /// <summary>Compares the names, ordinally.</summary>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>Compares the names, ordinally.</summary>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}
