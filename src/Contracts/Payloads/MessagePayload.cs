using System.Collections.Immutable;
using System.Text.Json;

namespace ClawGrains.Contracts;

/// <summary>The kinds of <see cref="MessagePayload"/>.</summary>
public enum PayloadKind
{
    /// <summary>Plain or marked-up text.</summary>
    Text,

    /// <summary>JSON.</summary>
    Structured,

    /// <summary>Bytes with a media type.</summary>
    Binary,
}

/// <summary>What a message carries: text, JSON, or bytes with a media type.</summary>
public abstract record MessagePayload
{
    private MessagePayload(PayloadKind kind) => Kind = kind;

    /// <summary>Which of the three this is.</summary>
    public PayloadKind Kind { get; }

    /// <summary>A text that tells a reader what was sent, for channels that can't carry the payload itself.</summary>
    public abstract string Placeholder { get; }

    /// <summary>Text.</summary>
    /// <param name="Value">The text.</param>
    public sealed record Text(string Value) : MessagePayload(PayloadKind.Text)
    {
        /// <inheritdoc/>
        public override string Placeholder => Value;
    }

    /// <summary>JSON.</summary>
    /// <param name="Value">The value; a clone that owns its memory.</param>
    public sealed record Structured(JsonElement Value) : MessagePayload(PayloadKind.Structured)
    {
        /// <inheritdoc/>
        public override string Placeholder => $"[structured content, {Value.GetRawText().Length} characters]";
    }

    /// <summary>Bytes with a media type.</summary>
    /// <param name="MediaType">A media type by RFC 6838, for example <c>image/png</c>.</param>
    /// <param name="Bytes">The content.</param>
    public sealed record Binary(string MediaType, ImmutableArray<byte> Bytes) : MessagePayload(PayloadKind.Binary)
    {
        /// <inheritdoc/>
        public override string Placeholder => $"[{MediaType}, {Bytes.Length} bytes]";
    }
}
