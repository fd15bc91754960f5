namespace ClawGrains.Contracts;

/// <summary>
/// Speech in and out. A contract and a reserved capability (<c>voice</c>) only: asking this version for it answers
/// <see cref="PluginErrorKind.NotImplemented"/>.
/// </summary>
public interface IVoiceHandler
{
    /// <summary>Speech to text.</summary>
    /// <param name="audio">The recording.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<string> TranscribeAsync(MessagePayload.Binary audio, CancellationToken cancellationToken);

    /// <summary>Text to speech.</summary>
    /// <param name="text">What to say.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<MessagePayload.Binary> SynthesizeAsync(string text, CancellationToken cancellationToken);
}
