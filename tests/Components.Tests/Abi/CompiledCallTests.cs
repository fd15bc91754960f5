using System.Linq.Expressions;
using ClawGrains.Components.Abi;
using ClawGrains.Components.Core;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;
using ClawGrains.Fuzz.Components.Abi;
using ClawGrains.Wasm;

namespace ClawGrains.Components.Tests.Abi;

/// <summary>Compiled calls of generated function types against the document: what the guest gets, and what the host makes of its answer.</summary>
public sealed class CompiledCallTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 80).Select(i => (ulong)i)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Call_Compiled_IsTheDocuments(ulong seed)
    {
        var generator = new AbiGenerator(seed);
        IsTheDocuments(generator, generator.PlainFunction());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Call_WithAResultInMemory_IsTheDocuments(ulong seed)
    {
        var generator = new AbiGenerator(seed);
        IsTheDocuments(generator, generator.FunctionWithResult());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Call_OfAnyTypes_IsTheDocuments(ulong seed)
    {
        var generator = new AbiGenerator(seed);
        IsTheDocuments(generator, generator.CompiledFunction());
    }

    private static void IsTheDocuments(AbiGenerator generator, FuncType type)
    {
        var (arguments, result) = (GeneratedTypes.OfHost(generator, type.Params), generator.Values(type.Result is { } r ? [r] : []));
        var guest = new Guest(type, generator) { Result = result };
        var (wanted, memory) = Lowered(type, generator, arguments);
        ComponentValue? returned = null;
        var trap = Outcome.Traps(() => returned = guest.Call(arguments));
        guest.Arguments.ShouldBe(wanted);
        guest.Allocations.ShouldBe(memory.Calls);
        guest.Seen.AsSpan().SequenceEqual(memory.Bytes).ShouldBeTrue();
        if (guest.Answer() is { } answer) returned.ShouldBe(answer);
        else trap.ShouldBe(type.Result is not null);
        guest.PostReturns.ShouldBe(trap ? [] : [guest.Core]);
    }

    private static (List<ulong> Flat, GuestMemory Memory) Lowered(FuncType type, AbiGenerator generator, ComponentValue[] arguments)
    {
        var memory = new GuestMemory(generator.Seed);
        return (new ReferenceLowering(new(memory, generator.Encoding)).LowerFlatValues(16, arguments, type.Params), memory);
    }

    /// <summary>A component of one function, whose core code answers with what the document lowers, now and then damaged.</summary>
    private sealed class Guest
    {
        private readonly GuestMemory _memory;
        private readonly ReferenceContext _reference;
        private readonly FuncType _type;
        private readonly AbiGenerator _generator;
        private readonly LiftedFunc _lifted;

        public Guest(FuncType type, AbiGenerator generator)
        {
            (_type, _generator, _memory) = (type, generator, new GuestMemory(generator.Seed));
            _reference = new(_memory, generator.Encoding);
            var store = new Store(Fixture.Engine);
            var core = CoreModules.ToEngine(Flattening.Lift(type));
            var post = FunctionType.Of([.. core.Results], []);
            var options = new CanonicalOptions(generator.Encoding, _memory, _memory.Realloc, new WasmFunc(Slots.HostFunction(store, post, (a, _) => PostReturns.Add([.. a]))), false);
            _lifted = new(new WasmFunc(Slots.HostFunction(store, core, Run)), options, Signature.OfLift(type), new(new RuntimeStore(store), null, null));
        }

        public ComponentValue[] Result { get; init; } = [];

        public List<ulong> Arguments { get; } = [];

        public List<(uint, uint, uint, uint)> Allocations { get; } = [];

        public byte[] Seen { get; private set; } = [];

        public List<ulong> Core { get; private set; } = [];

        public List<List<ulong>> PostReturns { get; } = [];

        public ComponentValue? Call(ComponentValue[] arguments)
        {
            var types = _type.Params.Select(GeneratedTypes.Clr).Append(_type.Result is null ? typeof(void) : GeneratedTypes.Clr(_type.Result)).ToArray();
            var compiled = Marshaller.TryCompile(_lifted, Expression.GetDelegateType(types)).ShouldNotBeNull();
            var result = compiled.DynamicInvoke([.. arguments.Select((a, i) => ClrObjects.ToClr(a, _type.Params[i], types[i]))]);
            return _type.Result is null ? null : ClrValues.ToComponent(result, _type.Result);
        }

        /// <summary>What the document makes of the answer, or null when it traps or there is none.</summary>
        public ComponentValue? Answer() =>
            _type.Result is null ? null : Outcome.OfDocument(() => new ReferenceLifting(_reference).LiftFlatValues(1, Core, [_type.Result]))?[0];

        private void Run(ReadOnlySpan<ulong> arguments, Span<ulong> results)
        {
            Arguments.AddRange(arguments);
            Allocations.AddRange(_memory.Calls);
            Seen = [.. _memory.Bytes];
            if (_type.Result is null) return;
            Core = new ReferenceLowering(_reference).LowerFlatValues(1, Result, [_type.Result]);
            if (_generator.Rng.Chance(1, 4)) _memory.Bytes[_memory.Top - 1 - (uint)_generator.Rng.Below(8)] ^= 0xff;
            if (_generator.Rng.Chance(1, 4)) Core[0] = (uint)_generator.Rng.Bits();
            results[0] = Core[0];
        }
    }
}
