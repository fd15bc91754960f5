namespace ClawGrains.Components.Types;

/// <summary>CanonicalABI.md, "Flattening": the core signatures of lifted and lowered functions.</summary>
internal static class Flattening
{
    public const int MaxParams = 16;
    public const int MaxResults = 1;
    public const int MaxAsyncParams = 4;

    /// <summary>The flat parameters, or null when they go through memory.</summary>
    public static CoreValType[]? Params(FuncType type) => ValType.Concat(type.Params);

    /// <summary>The flat results, or null when they go through memory.</summary>
    public static CoreValType[]? Results(FuncType type) =>
        type.Result is null ? [] : type.Result.Flat is { Length: <= MaxResults } flat ? flat : null;

    /// <summary>The core function that <c>canon lift</c> wants.</summary>
    public static CoreFuncType Lift(FuncType type) => new(Params(type) ?? [CoreValType.I32], Results(type) ?? [CoreValType.I32]);

    /// <summary>The core function that <c>canon lower</c> yields.</summary>
    public static CoreFuncType Lower(FuncType type)
    {
        var parameters = Params(type) ?? [CoreValType.I32];
        return Results(type) is { } results ? new(parameters, results) : new([.. parameters, CoreValType.I32], []);
    }

    /// <summary>The core function of an asynchronous lift: the result goes through <c>task.return</c>.</summary>
    public static CoreFuncType LiftAsync(FuncType type, bool callback) => new(Params(type) ?? [CoreValType.I32], callback ? [CoreValType.I32] : []);

    /// <summary>The core function of an asynchronous lower: few flat parameters, the result always through memory.</summary>
    public static CoreFuncType LowerAsync(FuncType type)
    {
        var parameters = Params(type) is { Length: <= MaxAsyncParams } flat ? flat : [CoreValType.I32];
        return new(type.Result is null ? parameters : [.. parameters, CoreValType.I32], [CoreValType.I32]);
    }

    public static bool LiftNeedsMemory(FuncType type) => LiftNeedsRealloc(type) || Results(type) is null || type.Result is { ContainsPointer: true };

    public static bool LiftNeedsRealloc(FuncType type) => Params(type) is null || type.Params.Any(p => p.ContainsPointer);

    public static bool LowerNeedsMemory(FuncType type) =>
        Params(type) is null || type.Params.Any(p => p.ContainsPointer) || Results(type) is null || LowerNeedsRealloc(type);

    public static bool LowerAsyncNeedsMemory(FuncType type) => type.Result is not null || Params(type) is not { Length: <= MaxAsyncParams };

    public static bool LowerNeedsRealloc(FuncType type) => type.Result is { ContainsPointer: true };
}
