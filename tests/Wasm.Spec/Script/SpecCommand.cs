namespace ClawGrains.Wasm.Spec.Script;

/// <summary>An <c>invoke</c> of a function or a <c>get</c> of a global.</summary>
/// <param name="IsGet">True for <c>get</c>.</param>
/// <param name="Module">The module's name, or null for the last one instantiated.</param>
internal sealed record SpecAction(bool IsGet, string? Module, string Field, IReadOnlyList<SpecValue> Arguments);

/// <summary>One command of a script; which properties are set depends on <see cref="Type"/>.</summary>
internal sealed record SpecCommand(string Type, int Line)
{
    /// <summary>The name given to the module or instance, with its <c>$</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The name under which <c>register</c> offers a module's exports.</summary>
    public string? As { get; init; }

    /// <summary>The definition that <c>module_instance</c> instantiates.</summary>
    public string? Module { get; init; }

    /// <summary>The module's file, beside the script.</summary>
    public string? FileName { get; init; }

    /// <summary>The module is in the text format, which the engine doesn't read.</summary>
    public bool IsText { get; init; }

    /// <summary>The module is a component, which is not this engine's business.</summary>
    public bool IsComponent { get; init; }

    /// <summary>The message the specification's interpreter gives.</summary>
    public string Text { get; init; } = "";

    public SpecAction? Action { get; init; }

    public IReadOnlyList<SpecValue> Expected { get; init; } = [];
}

/// <summary>A whole script.</summary>
/// <param name="Source">The <c>.wast</c> file's name, for messages.</param>
/// <param name="Folder">Where the modules lie.</param>
internal sealed record SpecScript(string Source, string Folder, IReadOnlyList<SpecCommand> Commands);
