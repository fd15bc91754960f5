using System.Text.RegularExpressions;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Skills.Review;

/// <summary>Finds what makes a skill one that runs programs: shell tools, scripts, and commands in its Markdown.</summary>
internal static partial class ShellUse
{
    private const long MaxMarkdown = 1 << 20;

    private static readonly HashSet<string> ShellTools = new(StringComparer.OrdinalIgnoreCase)
    {
        "bash", "sh", "shell", "zsh", "exec", "execute", "execute_command", "run", "run_command", "run_terminal_cmd", "terminal",
        "process", "system", "system.run", "powershell", "pwsh", "cmd", "command", "python", "code_execution", "computer", "*",
    };

    private static readonly HashSet<string> ScriptTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ".sh", ".bash", ".zsh", ".fish", ".ps1", ".bat", ".cmd", ".py", ".js", ".mjs", ".cjs", ".ts", ".rb", ".pl", ".php", ".lua", ".exe",
        ".jar", ".applescript", ".scpt", ".vbs", ".awk", ".go", ".swift",
    };

    /// <summary>Whether a tool of that name runs programs; <c>Bash(git:*)</c> is the tool <c>Bash</c>.</summary>
    public static bool IsShell(string tool)
    {
        var end = tool.IndexOf('(', StringComparison.Ordinal);
        return ShellTools.Contains((end < 0 ? tool : tool[..end]).Trim());
    }

    /// <summary>Files that are programs by their type or their mode.</summary>
    public static IEnumerable<SkillPermission> Scripts(IEnumerable<SkillFileEntry> files) => files
        .Where(f => ScriptTypes.Contains(Path.GetExtension(f.RelativePath)) || IsExecutable(f.FullPath))
        .Select(f => new SkillPermission("script", f.RelativePath, RunsPrograms: true));

    /// <summary>Markdown files with blocks for a shell, or with commands that are run while the text is prepared.</summary>
    public static IEnumerable<SkillPermission> Commands(IEnumerable<SkillFileEntry> files) => files
        .Where(f => Path.GetExtension(f.RelativePath).Equals(".md", StringComparison.OrdinalIgnoreCase) && f.Length <= MaxMarkdown)
        .Where(f => Command().IsMatch(File.ReadAllText(f.FullPath)))
        .Select(f => new SkillPermission("shell", $"commands in {f.RelativePath}", RunsPrograms: true));

    private static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    [GeneratedRegex(@"^[ \t>]*(```+|~~~+)[ \t]*\{?\.?(bash|sh|shell|zsh|fish|console|terminal|shell-?session|powershell|pwsh|ps1|cmd|bat|batch)\b|!`[^`\n]+`",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
