using System.Text.Json.Serialization;

namespace ClawGrains.Client.Diagnosis;

/// <summary>How a thing that was looked at stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
internal enum Verdict
{
    Good,

    /// <summary>Works, but is worth knowing.</summary>
    Odd,

    Bad,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Text">What was found.</param>
/// <param name="Advice">What to do, where something is to be done.</param>
internal sealed record Finding(string Subject, Verdict Verdict, string Text, string? Advice = null)
{
    public static Finding Good(string subject, string text) => new(subject, Verdict.Good, text);

    public static Finding Odd(string subject, string text, string? advice = null) => new(subject, Verdict.Odd, text, advice);

    public static Finding Bad(string subject, string text, string advice) => new(subject, Verdict.Bad, text, advice);
}
