namespace Orleans;

/// <summary>How long activations of this class may be idle, instead of the silo's default. Set the parts, which add up.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>Use with the properties.</summary>
    public CollectionAgeLimitAttribute()
    {
    }

    /// <summary>Gives the time in the form of <see cref="TimeSpan.Parse(string)"/>.</summary>
    public CollectionAgeLimitAttribute(string inactivityPeriod) => _total = TimeSpan.Parse(inactivityPeriod, System.Globalization.CultureInfo.InvariantCulture);

    private readonly TimeSpan _total;

    /// <summary>Whole or broken days.</summary>
    public double Days { get; set; }

    /// <summary>Whole or broken hours.</summary>
    public double Hours { get; set; }

    /// <summary>Whole or broken minutes.</summary>
    public double Minutes { get; set; }

    /// <summary>Never collected.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>The time.</summary>
    public TimeSpan AgeLimit => AlwaysActive
        ? TimeSpan.MaxValue
        : _total + TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
}
