using ClawGrains.Fuzz.Wasm.Differential;

namespace ClawGrains.Fuzz.Wasm.Decoding;

/// <summary>Damaged modules: our verdict against V8's, save where V8 knows more proposals or is known to be lax.</summary>
internal sealed class NodeValidateTarget(string node) : FuzzTarget
{
    public override string Name => "wasm-validate";

    public override string Summary => "damaged modules, our verdict against V8's";

    protected override int BatchSize => 500;

    protected override IEnumerable<Finding> Try(ulong seed, int count)
    {
        var inputs = Enumerable.Range(0, count).Select(i => Mutator.Make(seed + (ulong)i)).ToArray();
        var theirs = NodeProcess.Run(node, "Decoding/validate.mjs", inputs, (_, file) => new { file });
        return inputs.Select((bytes, i) => Compare(seed + (ulong)i, bytes, theirs[i])).OfType<Finding>();
    }

    private static Finding? Compare(ulong seed, byte[] bytes, string theirs)
    {
        var (refusal, fault) = DecodeTarget.Check(bytes);
        if (fault is not null) return new Finding(seed, fault, bytes);
        var accepted = theirs == "valid";
        if (accepted == refusal is null || IsBeyondUs(refusal)) return null;
        return new Finding(seed, $"ours: {refusal ?? "valid"} | V8: {theirs}", bytes);
    }

    /// <summary>V8 accepts what belongs to proposals that we refuse by name.</summary>
    private static bool IsBeyondUs(string? refusal) =>
        refusal?.Contains("proposal", StringComparison.OrdinalIgnoreCase) ?? false;
}
