namespace ClawGrains.Skills.Parsing;

/// <summary>Why a block is not YAML, and where (one-based, within the block).</summary>
internal sealed record YamlError(string Code, string Message, int Line, int Column)
{
    /// <summary>The line on which free text may be recovered; another than <see cref="Line"/> where the error shows only later.</summary>
    public int RecoveryLine { get; init; } = Line;
}

/// <summary>A block read as YAML: its root, or the first error.</summary>
internal sealed record YamlResult(DataNode? Root, YamlError? Error, IReadOnlyList<KeyMark> TopLevelKeys)
{
    public bool IsMap => Error is null && Root is { Kind: DataKind.Map };
}

/// <summary>A key of the top-level mapping, its place, and whether its value is an alias.</summary>
internal readonly record struct KeyMark(string Key, int Line, int Column, bool IsAlias);
