using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Strict;

namespace ClawGrains.Skills.Scaffold;

/// <summary>Begins a new skill that keeps every rule of the Agent Skills specification, for <c>claw skill new</c>.</summary>
public static partial class SkillScaffold
{
    private const int MaxName = 64;
    private const int MaxDescription = 1024;
    private const string DefaultDescription = "Says in one or two sentences what this skill does and when to use it; it is all a model sees before it chooses the skill.";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <c>PARENT/NAME/SKILL.md</c>.</summary>
    /// <param name="name">1 to 64 of <c>a-z 0-9 -</c>, with no hyphen at either end and no two in a row.</param>
    /// <param name="parent">The directory to make the skill's directory in; made where it is missing.</param>
    /// <param name="description">Up to 1,024 characters; null for a text that asks for one.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="ArgumentException">The name or description breaks the specification; the message says how.</exception>
    /// <exception cref="IOException">There is something of that name already, or the directory cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be written.</exception>
    public static string Create(string name, string parent, string? description = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(parent);
        var text = (description ?? DefaultDescription).Trim();
        Check(name, text);
        var directory = Path.Combine(Path.GetFullPath(parent), name);
        if (Path.Exists(directory)) throw new IOException($"{directory} exists already; choose another name or remove it");
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "SKILL.md");
        File.WriteAllText(path, Content(name, text));
        var errors = StrictRules.Check(SkillReader.Read(path));
        return errors.Count == 0 ? path : throw new InvalidOperationException($"BUG: the new skill {path} is not valid: {errors[0].Message}");
    }

    private static void Check(string name, string description)
    {
        if (name is null || name.Length > MaxName || !NamePattern().IsMatch(name))
            throw new ArgumentException($"'{name}' is no name for a skill: 1 to {MaxName} of a-z, 0-9 and -, with no hyphen at either end and no two in a row.", nameof(name));
        if (description.Length is 0 or > MaxDescription || description.Any(char.IsControl))
            throw new ArgumentException($"A description has 1 to {MaxDescription} characters on one line; this has {description.Length}.", nameof(description));
    }

    // A JSON string is a YAML string as well.
    private static string Content(string name, string description) => $"""
        ---
        name: {name}
        description: {JsonSerializer.Serialize(description, Plain)}
        ---

        # {Title(name)}

        ## When to use

        Describe the requests this skill is for, and those it is not for.

        ## Steps

        1. Say what to do first, with exact commands or tool names.
        2. Say how to see that it worked.

        Put longer material into files beside this one, such as `references/` and `scripts/`, and name them here; they are read
        only when they are needed.

        """.ReplaceLineEndings("\n");

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z")]
    private static partial Regex NamePattern();
}
