using System.Text;
using ClawGrains.Components;
using ClawGrains.Components.Types;

namespace ClawGrains.Fuzz.Components.Abi;

/// <summary>
/// Generated function types and values, lowered and lifted by the engine and by the document: the same core values,
/// the same bytes, the same calls of <c>realloc</c>, the same values from good and from damaged memory, or a trap of both.
/// </summary>
internal sealed class AbiTarget : FuzzTarget
{
    private const int Damages = 8;

    public override string Name => "abi";

    public override string Summary => "lifting and lowering of generated types and values against the canonical ABI's document";

    protected override IEnumerable<Finding> Try(ulong seed, int count)
    {
        var check = new AbiCheck(seed);
        if (check.Run() is { } fault) yield return new Finding(seed, fault, Encoding.UTF8.GetBytes(check.Describe));
    }

    private sealed class AbiCheck(ulong seed)
    {
        private static readonly uint[] Edges = [0, 1, 2, 3, 255, 256, 300, 0xd800, 0xdfff, 0xe000, 0x10ffff, 0x110000, int.MaxValue, uint.MaxValue];
        private readonly AbiGenerator _generator = new(seed);
        private FuncType _type = new([], [], null);

        public string Describe => $"{string.Join(", ", _type.Params.Select(p => p.Describe))} -> {_type.Result?.Describe}";

        public string? Run()
        {
            try
            {
                _type = _generator.Function();
                foreach (var type in _type.Params) Layout(type);
                if (_type.Result is not null) Layout(_type.Result);
                Lowering();
                Lifting();
                return null;
            }
            catch (DifferenceException e)
            {
                return e.Message;
            }
#pragma warning disable CA1031 // Any other exception is a finding.
            catch (Exception e)
#pragma warning restore CA1031
            {
                return $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
            }
        }

        private static void Layout(ValType type)
        {
            var shape = Shape.Of(type);
            Same("size", (object)type.Size, shape.Size);
            Same("alignment", (object)type.Alignment, shape.Alignment);
            Same("flat types", type.Flat is { } flat ? string.Concat(flat.Select(Letter)) : "more", shape.Flat.Length <= ValType.MaxFlat ? shape.Flat : "more");
        }

        private static char Letter(CoreValType type) => type switch { CoreValType.I32 => 'i', CoreValType.I64 => 'I', CoreValType.F32 => 'f', _ => 'F' };

        private void Lowering()
        {
            uint? bad = _generator.Rng.Chance(1, 8) ? Edge() : null;
            var arguments = _generator.Values(_type.Params);
            SameWrites("arguments", bad, engine => engine.LowerArguments(arguments), reference => reference.LowerFlatValues(16, arguments, _type.Params));
            if (_type.Result is not { } type) return;
            var (result, pointer) = (_generator.Values(type), _generator.Rng.Chance(1, 4) ? Edge() : 32768);
            SameWrites("result", bad, engine => engine.LowerResult(result[0], pointer), reference => reference.LowerFlatValues(1, result, [type], pointer));
        }

        private void SameWrites(string what, uint? badAnswer, Func<EngineAbi, List<ulong>> engine, Func<ReferenceLowering, List<ulong>> reference)
        {
            var (mine, theirs) = (new GuestMemory(seed, badAnswer), new GuestMemory(seed, badAnswer));
            var (got, trap) = Outcome(() => engine(new(_type, mine, _generator.Encoding)));
            var (wanted, wantedTrap) = Outcome(() => reference(new(new(theirs, _generator.Encoding))));
            Same($"lowered {what}, realloc", string.Join(' ', mine.Calls), string.Join(' ', theirs.Calls));
            if (SameTraps($"lowered {what}", trap, wantedTrap)) return;
            Same($"lowered {what}", Hex(got!), Hex(wanted!));
            Same($"lowered {what}, the first byte in memory that differs", mine.Bytes.AsSpan().CommonPrefixLength(theirs.Bytes), GuestMemory.Length);
        }

        private void Lifting()
        {
            SameReads("arguments", 16, _type.Params, (engine, flat) => engine.LiftArguments(flat));
            if (_type.Result is { } type) SameReads("result", 1, [type], (engine, flat) => engine.LiftResult(flat));
        }

        private void SameReads(string what, int maxFlat, ValType[] types, Func<EngineAbi, List<ulong>, ComponentValue[]> engine)
        {
            var (memory, values) = (new GuestMemory(seed), _generator.Values(types));
            var cx = new ReferenceContext(memory, _generator.Encoding);
            var flat = new ReferenceLowering(cx).LowerFlatValues(maxFlat, values, types);
            var lifting = new ReferenceLifting(cx);
            for (var damage = 0; damage <= Damages; damage++)
            {
                if (damage > 0) Damage(memory, flat, types, maxFlat);
                var (got, trap) = Outcome(() => engine(new(_type, memory, _generator.Encoding), flat));
                var (wanted, wantedTrap) = Outcome(() => lifting.LiftFlatValues(maxFlat, flat, types));
                if (damage == 0 && wantedTrap is not null) throw new DifferenceException($"BUG: what the document lowers it cannot lift: {wantedTrap}");
                if (SameTraps($"lifted {what}", trap, wantedTrap)) continue;
                for (var i = 0; i < types.Length; i++) Same($"lifted {what} {i}", (object)got![i], wanted![i]);
            }
        }

        /// <summary>Breaks one thing more: a core value, a word or a byte of what was written.</summary>
        private void Damage(GuestMemory memory, List<ulong> flat, ValType[] types, int maxFlat)
        {
            var rng = _generator.Rng;
            var letters = string.Concat(types.Select(t => Shape.Of(t).Flat));
            if (flat.Count > 0 && (memory.Top <= 68 || rng.Chance(1, 3)))
            {
                var i = rng.Below(flat.Count);
                flat[i] = letters.Length <= maxFlat && letters[i] is 'I' or 'F' ? rng.Bits() : Edge();
            }
            else if (memory.Top > 68 && rng.Chance(2, 3))
            {
                BitConverter.TryWriteBytes(memory.Bytes.AsSpan(64 + (rng.Below((int)(memory.Top - 64) / 4) * 4)), Edge());
            }
            else
            {
                memory.Bytes[64 + rng.Below((int)Math.Max(memory.Top - 64, 1))] = (byte)rng.Bits();
            }
        }

        private uint Edge() => _generator.Rng.Below(5) switch
        {
            0 => (uint)(GuestMemory.Length + _generator.Rng.Below(10) - 8),
            1 => _generator.Rng.Pick(Edges),
            2 => 0x8000_0000u + (uint)_generator.Rng.Below(8),
            3 => (uint)_generator.Rng.Below(GuestMemory.Length),
            _ => (uint)_generator.Rng.Bits(),
        };

        private static (T? Value, string? Trap) Outcome<T>(Func<T> call)
        {
            try
            {
                return (call(), null);
            }
            catch (ComponentTrapException e)
            {
                return (default, e.Message);
            }
            catch (ReferenceTrapException e)
            {
                return (default, e.Message);
            }
        }

        private static bool SameTraps(string what, string? trap, string? wanted)
        {
            if (trap is null != wanted is null) throw new DifferenceException($"{what}: {trap ?? "no trap"}, the document: {wanted ?? "no trap"}");
            return trap is not null;
        }

        private static void Same(string what, object got, object wanted)
        {
            if (!got.Equals(wanted)) throw new DifferenceException($"{what}: {got}, the document: {wanted}");
        }

        private static string Hex(List<ulong> values) => string.Join(' ', values.Select(v => v.ToString("x", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private sealed class DifferenceException(string message) : Exception(message);
}
