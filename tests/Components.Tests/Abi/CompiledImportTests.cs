using System.Linq.Expressions;
using System.Reflection;
using ClawGrains.Components.Abi;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;
using ClawGrains.Fuzz.Components.Abi;
using ClawGrains.Wasm;

namespace ClawGrains.Components.Tests.Abi;

/// <summary>Compiled calls of .NET functions by a guest, of generated function types, against the document.</summary>
public sealed class CompiledImportTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1000, 60).Select(i => (ulong)i)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Import_Compiled_IsTheDocuments(ulong seed)
    {
        var generator = new AbiGenerator(seed);
        IsTheDocuments(generator, generator.PlainFunction());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Import_OfAnyTypes_IsTheDocuments(ulong seed)
    {
        var generator = new AbiGenerator(seed);
        IsTheDocuments(generator, generator.CompiledFunction());
    }

    private static void IsTheDocuments(AbiGenerator generator, FuncType type)
    {
        var (arguments, result) = (generator.Values(type.Params), type.Result is null ? [] : GeneratedTypes.OfHost(generator, [type.Result]));
        var (memory, wanted) = (new GuestMemory(generator.Seed), new GuestMemory(generator.Seed));
        var host = new Host(type, result);
        var flat = new ReferenceLowering(new(memory, generator.Encoding)).LowerFlatValues(16, arguments, type.Params);
        _ = new ReferenceLowering(new(wanted, generator.Encoding)).LowerFlatValues(16, arguments, type.Params);
        if (flat.Count > 0 && generator.Rng.Chance(1, 4)) flat[generator.Rng.Below(flat.Count)] = (uint)generator.Rng.Bits();
        var area = generator.Rng.Chance(1, 4) ? (uint)generator.Rng.Below(2 * GuestMemory.Length) : 32768;

        var core = Flattening.Lower(type);
        if (host.Compile(memory, generator.Encoding) is not { } compiled)
        {
            core.Params.Length.ShouldBeGreaterThan(16);
            return;
        }
        var values = core.Params.Select((p, i) => Core(p, i < flat.Count ? flat[i] : area)).ToArray();
        object? returned = null;
        var trap = Outcome.Traps(() => returned = compiled.DynamicInvoke(values));

        var lifted = Outcome.OfDocument(() => new ReferenceLifting(new(wanted, generator.Encoding)).LiftFlatValues(16, flat.Select((v, i) => Bits(core.Params[i], v)), type.Params));
        host.Seen.ShouldBe(lifted);
        var lowered = lifted is null ? null : Outcome.OfDocument(() => new ReferenceLowering(new(wanted, generator.Encoding)).LowerFlatValues(1, result, type.Result is null ? [] : [type.Result], area));
        trap.ShouldBe(lowered is null);
        memory.Calls.ShouldBe(wanted.Calls);
        memory.Bytes.AsSpan().SequenceEqual(wanted.Bytes).ShouldBeTrue();
        if (lowered is [var bits]) Core(core.Results[0], bits).ShouldBe(returned);
    }

    private static ulong Bits(CoreValType type, ulong bits) => type is CoreValType.I32 or CoreValType.F32 ? (uint)bits : bits;

    private static object Core(CoreValType type, ulong bits) => type switch
    {
        CoreValType.I32 => (object)(uint)bits,
        CoreValType.I64 => bits,
        CoreValType.F32 => BitConverter.UInt32BitsToSingle((uint)bits),
        _ => BitConverter.UInt64BitsToDouble(bits),
    };

    /// <summary>A .NET function of the type, which keeps what it is given.</summary>
    private sealed class Host(FuncType type, ComponentValue[] result)
    {
        private readonly Type[] _types = [.. type.Params.Select(p => GeneratedTypes.Clr(p))];

        public ComponentValue[]? Seen { get; private set; }

        public Delegate? Compile(GuestMemory memory, StringEncoding encoding)
        {
            var frame = new ComponentFrame(new RuntimeStore(new Store(Fixture.Engine)), null, null);
            var clr = new ClrFunction(Implementation());
            var callee = new HostFunc(clr.For(type, "f", []), frame, "f") { Clr = clr };
            return HostMarshaller.TryCompile(callee, new(encoding, memory, memory.Realloc, null, false), Signature.OfLift(type), frame);
        }

        private Delegate Implementation()
        {
            var parameters = _types.Select(t => Expression.Parameter(t)).ToArray();
            var boxed = Expression.NewArrayInit(typeof(object), parameters.Select(p => Expression.Convert(p, typeof(object))));
            var call = Expression.Call(Expression.Constant(this), typeof(Host).GetMethod(nameof(Keep), BindingFlags.NonPublic | BindingFlags.Instance)!, boxed);
            return Expression.Lambda(type.Result is null ? call : Expression.Convert(call, GeneratedTypes.Clr(type.Result)), parameters).Compile();
        }

        private object? Keep(object?[] arguments)
        {
            Seen = [.. arguments.Select((a, i) => ClrValues.ToComponent(a, type.Params[i]))];
            return type.Result is null ? null : ClrObjects.ToClr(result[0], type.Result, GeneratedTypes.Clr(type.Result));
        }
    }
}
