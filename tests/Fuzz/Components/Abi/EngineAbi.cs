using ClawGrains.Components;
using ClawGrains.Components.Abi;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Fuzz.Components.Abi;

/// <summary>The engine's general path over one memory, at the level of the document's lift and lower of flat values.</summary>
internal sealed class EngineAbi(FuncType type, GuestMemory memory, StringEncoding encoding)
{
    private readonly Signature _signature = Signature.OfLift(type);

    private CanonicalContext Context()
    {
        var instance = new InstanceState(null, 1 << 28, new HandleBudget(0));
        var options = new CanonicalOptions(encoding, memory, memory.Realloc, null, IsAsync: false);
        return new(options, instance, id => throw new InvalidOperationException($"BUG: no resource is generated, {id} is asked for."));
    }

    public List<ulong> LowerArguments(ComponentValue[] arguments)
    {
        var flat = new ulong[Flattening.Lift(type).Params.Length];
        ParameterLists.Lower(Context(), arguments, _signature, flat);
        return [.. flat];
    }

    public List<ulong> LowerResult(ComponentValue result, uint outPointer)
    {
        var flat = new ulong[_signature.ResultInMemory ? 0 : 1];
        ParameterLists.LowerResult(Context(), result, _signature, [outPointer], flat);
        return [.. flat];
    }

    public ComponentValue[] LiftArguments(IEnumerable<ulong> flat) => ParameterLists.Lift(Context(), [.. flat], _signature);

    public ComponentValue[] LiftResult(IEnumerable<ulong> flat) => [ParameterLists.LiftResult(Context(), [.. flat], _signature)!.Value];
}
