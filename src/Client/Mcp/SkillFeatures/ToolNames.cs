using System.Security.Cryptography;
using System.Text;

namespace ClawGrains.Client.Mcp.SkillFeatures;

/// <summary>
/// Names of tools for names of skills. MCP allows <c>A-Z a-z 0-9 _ - .</c> and 128 characters, but models' interfaces
/// take 64 and no dot, so that is what is kept; a name that had to be changed ends in a hash of the whole name.
/// </summary>
internal static class ToolNames
{
    /// <summary>The greatest length of a tool's name.</summary>
    public const int MaxLength = 64;

    /// <summary>The tool's name: the skill's where it can be.</summary>
    public static string Of(string skill) =>
        skill.Length <= MaxLength && skill.All(IsAllowed) ? skill : Changed(skill);

    private static string Changed(string skill)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(skill)))[..6];
        var kept = string.Concat(skill.Select(c => IsAllowed(c) ? c : '-')).Trim('-');
        var length = Math.Min(kept.Length, MaxLength - hash.Length - 1);
        return kept.Length == 0 ? $"skill-{hash}" : $"{kept[..length].TrimEnd('-')}-{hash}";
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
