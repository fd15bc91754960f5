using System.Security.Cryptography;

namespace ClawGrains.Skills.Model;

/// <summary>
/// One parsed <c>SKILL.md</c>, valid or not: an invalid one has <see cref="Errors"/> and whatever could be read.
/// Immutable; holds the file's bytes so that hash and text always belong together.
/// </summary>
public sealed record SkillDocument
{
    private string? _contentHash;

    /// <summary>The name; falls back to the directory's name.</summary>
    public required string Name { get; init; }
    /// <summary>What the skill does; empty only in an invalid skill.</summary>
    public required string Description { get; init; }
    /// <summary>The Markdown after the front matter, trimmed.</summary>
    public required string Body { get; init; }
    /// <summary>The directory that holds the file, as it was reached.</summary>
    public required string BaseDirectory { get; init; }
    /// <summary>The file, as it was reached.</summary>
    public required string FilePath { get; init; }
    /// <summary>The bytes of the file.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }

    /// <summary>Top-level fields as strings; mappings and sequences are JSON text.</summary>
    public IReadOnlyDictionary<string, string> Frontmatter { get; init; } = EmptyFields;
    /// <summary>Whether a person may call it as a command. Default true.</summary>
    public bool UserInvocable { get; init; } = true;
    /// <summary>Whether it is kept from the model; it stays reachable as a command. Default false.</summary>
    public bool DisableModelInvocation { get; init; }
    /// <summary><c>tool</c> where the command goes straight to a tool, else null.</summary>
    public string? CommandDispatch { get; init; }
    /// <summary>The tool the command goes to, where <see cref="CommandDispatch"/> is set.</summary>
    public string? CommandTool { get; init; }
    /// <summary>How arguments reach that tool: always <c>raw</c>.</summary>
    public string CommandArgMode { get; init; } = "raw";
    /// <summary>Tools the skill may use without asking (<c>allowed-tools</c>).</summary>
    public IReadOnlyList<string> AllowedTools { get; init; } = [];
    /// <summary>The skill's page.</summary>
    public string? Homepage { get; init; }
    /// <summary>The licence's name or file.</summary>
    public string? License { get; init; }
    /// <summary>What the skill needs from its surroundings, in words.</summary>
    public string? Compatibility { get; init; }
    /// <summary>The entries of <c>metadata</c>; mappings and sequences are JSON text.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = EmptyFields;
    /// <summary>The block of OpenClaw's dialect.</summary>
    public OpenClawBlock OpenClaw { get; init; } = OpenClawBlock.Empty;
    /// <summary>The ids of plugins whose tools belong to the skill (<c>metadata.plugin</c>, <c>metadata.openclaw.plugins</c>).</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];
    /// <summary>Findings that do not stop the skill from loading.</summary>
    public IReadOnlyList<SkillDiagnostic> Warnings { get; init; } = [];
    /// <summary>Findings that do.</summary>
    public IReadOnlyList<SkillDiagnostic> Errors { get; init; } = [];

    /// <summary>Whether the skill loads.</summary>
    public bool IsValid => Errors.Count == 0;
    /// <summary>The key of its settings: <c>skillKey</c> of the block, else the name.</summary>
    public string SkillKey => OpenClaw.SkillKey ?? Name;
    /// <summary>SHA-256 of the file's bytes, lower-case hex.</summary>
    public string ContentHash => _contentHash ??= Convert.ToHexStringLower(SHA256.HashData(Source.Span));

    internal static IReadOnlyDictionary<string, string> EmptyFields { get; } = new Dictionary<string, string>();
}
