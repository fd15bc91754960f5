using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Rendering;

/// <summary>Turns a skill's Markdown into the instructions that a model or client gets.</summary>
public static class SkillRenderer
{
    private const string Arguments = "$ARGUMENTS";
    private const string BaseDirectory = "{baseDir}";

    /// <summary>
    /// The instructions with every <c>{baseDir}</c> and <c>$ARGUMENTS</c> replaced. Where the text has no
    /// <c>$ARGUMENTS</c>, arguments follow it under "User input:", as in OpenClaw. Arguments are taken as they are:
    /// placeholders inside them stay.
    /// </summary>
    public static string Render(SkillDocument skill, string? arguments = null)
    {
        ArgumentNullException.ThrowIfNull(skill);
        return Render(skill.Body, skill.BaseDirectory, arguments);
    }

    /// <summary>The same of a skill's Markdown and directory alone.</summary>
    public static string Render(string body, string baseDirectory, string? arguments)
    {
        ArgumentNullException.ThrowIfNull(body);
        var input = (arguments ?? "").Trim();
        body = body.Replace(BaseDirectory, baseDirectory, StringComparison.Ordinal);
        if (body.Contains(Arguments, StringComparison.Ordinal))
            return body.Replace(Arguments, input, StringComparison.Ordinal).Trim();
        return input.Length == 0 ? body : $"{body}\n\nUser input:\n{input}";
    }
}
