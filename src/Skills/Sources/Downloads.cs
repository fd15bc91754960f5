using System.Net;

namespace ClawGrains.Skills.Sources;

/// <summary>Downloads over https, within limits; what fails for a moment is begun anew.</summary>
internal sealed class Downloads(HttpClient http, SourceOptions options)
{
    private const int Tries = 3;
    private const int ErrorCharacters = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Asks until there is an answer worth having; the caller disposes it.</summary>
    /// <exception cref="SourceException">There is none.</exception>
    public async Task<T> GetAsync<T>(Uri url, string? token, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellationToken)
    {
        CheckScheme(url);
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan pause;
            try
            {
                using var response = await SendAsync(url, token, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode) return await read(response).ConfigureAwait(false);
                if (attempt == Tries || !IsPassing(response.StatusCode)) throw await FailureAsync(url, response, cancellationToken).ConfigureAwait(false);
                pause = response.Headers.RetryAfter?.Delta ?? Pause * attempt;
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException && attempt < Tries)
            {
                pause = Pause * attempt;
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException)
            {
                throw new SourceException(SourceCodes.Unavailable, $"{Shown(url)} cannot be downloaded: {e.GetBaseException().Message}", e);
            }
            catch (UriFormatException e)
            {
                throw new SourceException(SourceCodes.Unavailable, $"{Shown(url)} leads on to what is no http(s) address: {e.Message}", e);
            }
            await Task.Delay(pause < LongestPause ? pause : LongestPause, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the body to a file.</summary>
    public async Task SaveAsync(HttpResponseMessage response, string path, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        var total = response.Content.Headers.ContentLength;
        if (total > options.Archives.MaxArchiveBytes) throw TooLarge(response);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        // Anew each time: half a file of an earlier try is overwritten.
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            if (file.Position + read > options.Archives.MaxArchiveBytes) throw TooLarge(response);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            progress?.Report(new InstallProgress(InstallStage.Downloading, file.Position, total));
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri url, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.UserAgent.ParseAdd("clawgrains");
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    private void CheckScheme(Uri url)
    {
        if (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || options.AllowPlainHttp))) return;
        throw new SourceException(SourceCodes.Refused, $"{Shown(url)} is not https; anyone on the way could change the skill");
    }

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private static async Task<SourceException> FailureAsync(Uri url, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Headers.Location is { } next)
            return new SourceException(SourceCodes.Unavailable, $"{Shown(url)} leads on to {(next.IsAbsoluteUri ? Shown(next) : next)}, which is not followed: "
                + "five steps at most, and never from https to http; give the address it ends at");
        var isText = response.Content.Headers.ContentType?.MediaType == "text/plain";
        var text = isText ? await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false) : "";
        var shown = new string([.. text.Take(ErrorCharacters).Where(c => !char.IsControl(c))]);
        var missing = response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone;
        return new SourceException(missing ? SourceCodes.NotFound : SourceCodes.Unavailable,
            $"{Shown(url)} answered {(int)response.StatusCode}{(shown.Length > 0 ? $": {shown}" : "")}");
    }

    private SourceException TooLarge(HttpResponseMessage response) => new(SourceCodes.TooLarge,
        $"{Shown(response.RequestMessage!.RequestUri!)} has more than {options.Archives.MaxArchiveBytes} bytes");

    // A query may hold a signature.
    private static string Shown(Uri url) => url.GetLeftPart(UriPartial.Path);
}
