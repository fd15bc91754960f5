using System.Security.Cryptography;
using System.Text;

namespace ClawGrains.Interfaces;

/// <summary>
/// Names of tools as they are listed, for names of skills and of plugins' tools. MCP allows <c>A-Z a-z 0-9 _ - .</c> and 128 characters, but models' interfaces
/// take 64 and no dot, so that is what is kept; a name that had to be changed ends in a hash of the whole name.
/// </summary>
public static class ToolNames
{
    /// <summary>The greatest length of a tool's name.</summary>
    public const int MaxLength = 64;

    /// <summary>The tool's name: that of the skill, or the plugin's own, where it can be.</summary>
    public static string Of(string name) =>
        name.Length <= MaxLength && name.All(IsAllowed) ? name : Changed(name);

    /// <summary>The name that no other plugin's tool can have: <c>PLUGIN_TOOL</c>, with a hash where it had to be shortened.</summary>
    public static string Qualified(string plugin, string tool) => Of($"{plugin.Replace('.', '-')}_{tool}");

    private static string Changed(string name)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..6];
        var kept = string.Concat(name.Select(c => IsAllowed(c) ? c : '-')).Trim('-');
        var length = Math.Min(kept.Length, MaxLength - hash.Length - 1);
        return kept.Length == 0 ? $"skill-{hash}" : $"{kept[..length].TrimEnd('-')}-{hash}";
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
