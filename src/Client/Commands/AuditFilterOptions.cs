using System.CommandLine;
using System.Globalization;
using ClawGrains.Client.Api;

namespace ClawGrains.Client.Commands;

/// <summary>The options that choose audit records.</summary>
internal sealed class AuditFilterOptions
{
    private readonly Option<string?> _tenant = CommonOptions.TenantOption("Of this tenant [default: all]");
    private readonly Option<string?> _plugin = new("--plugin") { Description = "Of this plugin", HelpName = "ID" };
    private readonly Option<string?> _function = new("--function") { Description = "Of this function, for example http-request, execute-tool or plugin.install", HelpName = "NAME" };
    private readonly Option<string?> _decision = new("--decision") { Description = "Those that were let through, or those that were not", HelpName = "allowed|denied" };
    private readonly Option<DateTimeOffset?> _since = Time("--since", "From this time on: 2026-01-31, 2026-01-31T12:00:00Z, or 30m, 12h, 7d ago");
    private readonly Option<DateTimeOffset?> _until = Time("--until", "Before this time");
    private readonly Option<long> _after = new("--after") { Description = "After this sequence number", HelpName = "SEQ" };

    public AuditFilterOptions()
    {
        _decision.AcceptOnlyFromAmong(AuditRow.AllowedText, AuditRow.DeniedText);
    }

    public Command AddTo(Command command)
    {
        foreach (var option in (Option[])[_tenant, _plugin, _function, _decision, _since, _until, _after]) command.Add(option);
        return command;
    }

    public AuditQuery Query(ParseResult call) => new()
    {
        Tenant = call.GetValue(_tenant),
        Plugin = call.GetValue(_plugin),
        Function = call.GetValue(_function),
        Decision = call.GetValue(_decision),
        Since = call.GetValue(_since),
        Until = call.GetValue(_until),
        After = call.GetValue(_after),
    };

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description, HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Parse(text, TimeProvider.System.GetUtcNow()) is { } time) return time;
            result.AddError($"{name} {text}: give a time such as 2026-01-31, 2026-01-31T12:00:00Z, or 30m, 12h or 7d ago.");
            return null;
        },
    };

    /// <summary>A time, or how long ago.</summary>
    internal static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        var ago = text.EndsWith(" ago", StringComparison.Ordinal) ? text[..^4] : text;
        if (ago.Length > 1 && double.TryParse(ago[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Unit(ago[^1]) is { } unit)
            return now - (number * unit);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    private static TimeSpan? Unit(char unit) => unit switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => null,
    };
}
