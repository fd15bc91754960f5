using static ClawGrains.Fuzz.Wasm.Generation.ValType;

namespace ClawGrains.Fuzz.Wasm.Generation;

/// <summary>A generated module and what to call in it: exports of i64s with their arguments, in order.</summary>
internal sealed record GeneratedModule(ulong Seed, byte[] Bytes, IReadOnlyList<PlannedCall> Calls);

internal sealed record PlannedCall(string Export, IReadOnlyList<long> Arguments);

/// <summary>Makes a valid module from a seed: the same seed, the same bytes.</summary>
internal sealed class ModuleGenerator
{
    private readonly Rng _rng;
    private readonly ulong _seed;
    private readonly ModuleShape _shape;
    private readonly WrapperGenerator _wrappers;
    private readonly FuncType[] _wrapperTypes;

    public ModuleGenerator(ulong seed, ModuleKind kind = ModuleKind.Plain)
    {
        (_seed, _rng) = (seed, new Rng(seed));
        _shape = ModuleShape.Choose(_rng, kind, isCrowded: seed % 4 == 3);
        _wrappers = new WrapperGenerator(_shape);
        _wrapperTypes =
        [
            .. Enumerable.Range(ModuleShape.Imports, Own).Select(f => _wrappers.TypeOf(_shape.TypeOf(f))),
            _wrappers.GlobalsType, new([I64], [I64]), new([I64], [I64]),
        ];
    }

    private int Own => _shape.Functions.Length - ModuleShape.Imports;

    public GeneratedModule Generate()
    {
        var w = new WasmWriter().Bytes("\0asm"u8).Bytes([1, 0, 0, 0]);
        Section(w, 1, Types);
        Section(w, 2, Imports);
        Section(w, 3, Functions);
        Section(w, 4, Tables);
        Section(w, 5, Memories);
        if (_shape.IsExtended) Section(w, 13, Tags);
        Section(w, 6, Globals);
        Section(w, 7, Exports);
        Section(w, 9, Elements);
        Section(w, 12, s => s.U32(_shape.Data.Length));
        Section(w, 10, Code);
        Section(w, 11, Data);
        return new GeneratedModule(_seed, w.ToArray(), [.. Enumerable.Range(0, 3).SelectMany(_ => Round())]);
    }

    private IEnumerable<PlannedCall> Round() => Enumerable.Range(0, Own)
        .Select(i => new PlannedCall($"w{i}", [.. _wrapperTypes[i].Parameters.Select(_ => _rng.Integer())]))
        .Append(new PlannedCall("globals", []));

    private static void Section(WasmWriter module, int id, Action<WasmWriter> write)
    {
        var section = new WasmWriter();
        write(section);
        module.Byte(id).Sized(section.ToArray());
    }

    private void Types(WasmWriter s)
    {
        FuncType[] all = [.. _shape.Types, .. _wrapperTypes];
        s.U32(all.Length);
        foreach (var t in all) s.Byte(0x60).Types(t.Parameters).Types(t.Results);
    }

    private static void Imports(WasmWriter s) => s.U32(3)
        .Name("h").Name("trace").Byte(0).U32(0)
        .Name("h").Name("mix").Byte(0).U32(1)
        .Name("h").Name("object").Byte(3).Type(ExternRef).Byte(0);

    private void Functions(WasmWriter s)
    {
        s.U32(Own + _wrapperTypes.Length);
        foreach (var t in _shape.Functions[ModuleShape.Imports..]) s.U32(t);
        for (var i = 0; i < _wrapperTypes.Length; i++) s.U32(_shape.Types.Length + i);
    }

    private static void Tables(WasmWriter s)
    {
        s.U32(2);
        foreach (var t in new[] { FuncRef, ExternRef })
            s.Type(t).Byte(1).U32(ModuleShape.TableMin).U32(ModuleShape.TableMax);
    }

    private void Memories(WasmWriter s)
    {
        s.U32(_shape.Memories);
        for (var i = 0; i < _shape.Memories; i++) s.Byte(1).U32(ModuleShape.MemoryMin).U32(ModuleShape.MemoryMax);
    }

    private void Tags(WasmWriter s)
    {
        s.U32(_shape.Tags.Length);
        foreach (var type in _shape.Tags) s.Byte(0).U32(type);
    }

    private void Globals(WasmWriter s)
    {
        var own = _shape.Globals[1..];
        s.U32(own.Length);
        foreach (var g in own) Initial(s.Type(g.Type).Byte(g.Mutable ? 1 : 0), g.Type);
    }

    private void Initial(WasmWriter s, ValType type)
    {
        switch (type)
        {
            case I32: s.Byte(0x41).S64((int)_rng.Integer()); break;
            case I64: s.Byte(0x42).S64(_rng.Integer()); break;
            case F32: s.Byte(0x43).F32(_rng.SingleBits()); break;
            case F64: s.Byte(0x44).F64(_rng.DoubleBits()); break;
            case V128: s.Op(Operators.Simd + 12).F64(_rng.Bits()).F64(_rng.DoubleBits()); break;
            case FuncRef: s.Byte(0xD2).U32(_rng.Below(_shape.Functions.Length)); break;
            default: s.Byte(0x23).U32(0); break;
        }
        s.Byte(0x0B);
    }

    private void Exports(WasmWriter s)
    {
        var first = _shape.Functions.Length;
        s.U32(Own + 3 + _shape.Memories);
        for (var i = 0; i < Own; i++) s.Name($"w{i}").Byte(0).U32(first + i);
        s.Name("globals").Byte(0).U32(first + Own);
        s.Name("functions").Byte(0).U32(first + Own + 1);
        s.Name("objects").Byte(0).U32(first + Own + 2);
        for (var i = 0; i < _shape.Memories; i++) s.Name(i == 0 ? "memory" : "memory2").Byte(2).U32(i);
    }

    /// <summary>An active segment, a passive one, and one that declares every function for ref.func.</summary>
    private void Elements(WasmWriter s)
    {
        s.U32(3).U32(0).Byte(0x41).S64(0).Byte(0x0B);
        Indices(s, _shape.Elements);
        Indices(s.U32(1).Byte(0), _shape.PassiveElements);
        Indices(s.U32(3).Byte(0), [.. Enumerable.Range(0, _shape.Functions.Length)]);
    }

    private static void Indices(WasmWriter s, int[] functions)
    {
        s.U32(functions.Length);
        foreach (var f in functions) s.U32(f);
    }

    private void Code(WasmWriter s)
    {
        s.U32(Own + _wrapperTypes.Length);
        for (var f = ModuleShape.Imports; f < _shape.Functions.Length; f++)
            s.Sized(new FunctionGenerator(_rng, _shape, _shape.TypeOf(f)).Write());
        for (var f = ModuleShape.Imports; f < _shape.Functions.Length; f++) s.Sized(_wrappers.Wrap(f));
        s.Sized(_wrappers.Globals()).Sized(WrapperGenerator.Element(0)).Sized(WrapperGenerator.Element(1));
    }

    private void Data(WasmWriter s)
    {
        s.U32(_shape.Data.Length);
        for (var i = 0; i < _shape.Data.Length; i++)
        {
            if (i == 0) s.U32(0).Byte(0x41).S64(_rng.Below(1000)).Byte(0x0B);
            else s.U32(1);
            var bytes = new byte[_shape.Data[i]];
            for (var k = 0; k < bytes.Length; k++) bytes[k] = (byte)_rng.Bits();
            s.Sized(bytes);
        }
    }
}
