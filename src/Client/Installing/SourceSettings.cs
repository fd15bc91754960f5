using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Hosting;
using ClawGrains.Skills.Sources;

namespace ClawGrains.Client.Installing;

/// <summary><c>sources.json</c> of the data directory: where skills are fetched from unless an option or variable says otherwise.</summary>
internal sealed record SourceSettings
{
    /// <summary>The file's name.</summary>
    public const string FileName = "sources.json";

    /// <summary>The base URL of a ClawHub. Default <c>https://clawhub.ai</c>.</summary>
    public string? ClawHub { get; init; }

    /// <summary>Git hosts by the name an argument begins with, such as <c>"git.example.com": "https://git.example.com"</c>.</summary>
    public Dictionary<string, string> GitHosts { get; init; } = [];

    /// <summary>Whether the git program is used; otherwise archives are downloaded. Default true.</summary>
    public bool Git { get; init; } = true;

    /// <exception cref="CommandException">The file is not what it should be.</exception>
    public static SourceSettings Read(HostPaths paths)
    {
        var file = Path.Combine(paths.DataDirectory, FileName);
        if (!File.Exists(file)) return new SourceSettings();
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), SourceJson.Default.SourceSettings) ?? new SourceSettings();
        }
        catch (JsonException e)
        {
            throw new CommandException($"{file} can't be read: {e.Message} See docs/installing-skills.md.", "invalid_settings");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SourceSettings))]
internal sealed partial class SourceJson : JsonSerializerContext;

/// <summary>The options that say where skills are fetched from: an option before a variable before <c>sources.json</c>.</summary>
internal sealed class SourceChoices
{
    private readonly Option<string?> _clawHub = new("--clawhub") { Description = "The ClawHub to ask [default: $CLAWGRAINS_CLAWHUB, else https://clawhub.ai]", HelpName = "URL" };
    private readonly Option<string?> _gitHub = new("--github") { Description = "Where github.com/… is fetched from [default: $CLAWGRAINS_GITHUB, else https://github.com]", HelpName = "URL" };
    private readonly Option<bool> _noGit = new("--no-git") { Description = "Download archives of repositories instead of running git" };
    private readonly Option<bool> _suspicious = new("--allow-suspicious") { Description = "Fetch a skill that ClawHub flags as suspicious; malware never is" };

    public void AddTo(Command command, bool fetches = true)
    {
        command.Add(_clawHub);
        if (!fetches) return;
        command.Add(_gitHub);
        command.Add(_noGit);
        command.Add(_suspicious);
    }

    /// <exception cref="CommandException">A URL is none.</exception>
    public SourceOptions Of(ParseResult call, HostPaths paths)
    {
        var settings = SourceSettings.Read(paths);
        var hosts = new Dictionary<string, Uri>(SourceOptions.Default.GitHosts);
        foreach (var (name, url) in settings.GitHosts) hosts[name] = Url(url, $"gitHosts of {SourceSettings.FileName}");
        if (First(call.GetValue(_gitHub), Variable("CLAWGRAINS_GITHUB")) is { } gitHub) hosts["github.com"] = Url(gitHub, "--github");
        return new SourceOptions
        {
            ClawHub = First(call.GetValue(_clawHub), Variable("CLAWGRAINS_CLAWHUB"), settings.ClawHub) is { } hub ? Url(hub, "--clawhub") : SourceOptions.Default.ClawHub,
            ClawHubToken = Variable("CLAWHUB_TOKEN"),
            AllowSuspicious = call.GetValue(_suspicious),
            GitHosts = hosts,
            GitProgram = call.GetValue(_noGit) || !settings.Git ? null : "git",
        };
    }

    private static string? First(params string?[] values) => values.FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static Uri Url(string text, string what) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" or "file"
        ? url
        : throw new CommandException($"{what}: '{text}' is no URL; give one such as https://clawhub.ai.", "invalid_arguments");
}
