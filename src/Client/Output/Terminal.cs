using System.Text.Json.Serialization.Metadata;
using ClawGrains.Client.Api;

namespace ClawGrains.Client.Output;

/// <summary>Writes to the terminal: colour only where it is one and <c>NO_COLOR</c> is not set.</summary>
internal static class Terminal
{
    public static bool HasColour { get; } =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Whether progress may be drawn: standard error is a terminal.</summary>
    public static bool ShowsProgress { get; } =
        !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public static string Bold(string text) => Styled(text, "1");

    public static string Dim(string text) => Styled(text, "2");

    public static string Red(string text) => Styled(text, "31");

    public static string Green(string text) => Styled(text, "32");

    public static string Yellow(string text) => Styled(text, "33");

    public static void Json<T>(T value, JsonTypeInfo<T> type)
    {
        using var output = Console.OpenStandardOutput();
        PlainJson.WriteIndented(output, value, type);
    }

    /// <summary>JSON on one line, for a stream of answers.</summary>
    public static void JsonLine<T>(T value, JsonTypeInfo<T> type) => Console.WriteLine(PlainJson.Compact(value, type));

    public static void Error(ApiError error, bool json)
    {
        if (json) Json(error, ClientJson.Default.ApiError);
        else Console.Error.WriteLine($"claw: {error.Message}");
    }

    public static void Warn(string message) => Console.Error.WriteLine($"warning: {message}");

    /// <summary>A text of others, made harmless: nothing that steers a terminal, ends a line or turns the direction reaches it.</summary>
    public static string Plain(string text) =>
        text.Any(Steers) ? string.Concat(text.Select(c => Steers(c) ? ' ' : c)) : text;

    /// <summary>The same of a text of several lines, which keeps its lines and tabs.</summary>
    public static string PlainLines(string text) =>
        text.Any(c => SteersLines(c)) ? string.Concat(text.ReplaceLineEndings("\n").Select(c => SteersLines(c) ? ' ' : c)) : text;

    /// <summary>A text of others for standard output: harmless where a person reads it, and unchanged where a program does.</summary>
    public static string Answer(string text) => Console.IsOutputRedirected ? text : PlainLines(text);

    /// <summary>Whether a character turns the direction of what follows, or ends a line without being a line break.</summary>
    public static bool Misleads(char c) => Misleading.Contains(c);

    /// <summary>The characters for which <see cref="Misleads"/> is true.</summary>
    public const string Misleading = "\u2028\u2029\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    private static bool SteersLines(char c) => c is not ('\n' or '\t') && Steers(c);

    private static bool Steers(char c) => char.IsControl(c) || Misleads(c);

    private static string Styled(string text, string code) => HasColour ? $"\e[{code}m{text}\e[0m" : text;
}
