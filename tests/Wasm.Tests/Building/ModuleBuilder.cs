namespace ClawGrains.Wasm.Tests.Building;

/// <summary>A module put together in a test. Functions are numbered with imports first.</summary>
internal sealed class ModuleBuilder
{
    private readonly List<byte[]> types = [], imports = [], functions = [], tables = [], memories = [], tags = [], globals = [], exports = [], elements = [], codes = [], datas = [];
    private uint? start;
    private uint imported;
    private uint importedTags;

    public uint Type(string signature)
    {
        var colon = signature.IndexOf(':');
        types.Add(new WasmWriter().Raw(0x60).Vector(Kinds(signature[..colon])).Vector(Kinds(signature[(colon + 1)..])).ToArray());
        return (uint)types.Count - 1;
    }

    public uint ImportFunction(string module, string name, string signature)
    {
        imports.Add(new WasmWriter().Name(module).Name(name).Raw(0).U32(Type(signature)).ToArray());
        return imported++;
    }

    public uint ImportTag(string module, string name, string parameters)
    {
        imports.Add(new WasmWriter().Name(module).Name(name).Raw(4, 0).U32(Type($"{parameters}:")).ToArray());
        return importedTags++;
    }

    public uint Tag(string parameters)
    {
        tags.Add(new WasmWriter().Raw(0).U32(Type($"{parameters}:")).ToArray());
        return importedTags + (uint)tags.Count - 1;
    }

    public ModuleBuilder ImportMemory(string module, string name, uint minimum)
    {
        imports.Add(new WasmWriter().Name(module).Name(name).Raw(2, 0).U32(minimum).ToArray());
        return this;
    }

    public ModuleBuilder ImportTable(string module, string name, uint minimum)
    {
        imports.Add(new WasmWriter().Name(module).Name(name).Raw(1, 0x70, 0).U32(minimum).ToArray());
        return this;
    }

    /// <summary>A function; locals are one letter each (i I f F v).</summary>
    public uint Function(string signature, string locals, params byte[][] body) => Function(Type(signature), [.. locals.Select(l => (1u, l))], body);

    public uint Function(uint type, (uint Count, char Kind)[] locals, params byte[][] body)
    {
        functions.Add(new WasmWriter().U32(type).ToArray());
        var code = new WasmWriter().Vector([.. locals.Select(run => new WasmWriter().U32(run.Count).Raw(Kind(run.Kind)).ToArray())]).Raw(Code.Of(body)).Raw(0x0B).ToArray();
        codes.Add(new WasmWriter().U32((uint)code.Length).Raw(code).ToArray());
        return imported + (uint)functions.Count - 1;
    }

    public ModuleBuilder Export(string name, uint index, byte kind = 0)
    {
        exports.Add(new WasmWriter().Name(name).Raw(kind).U32(index).ToArray());
        return this;
    }

    public ModuleBuilder Memory(uint minimum, uint? maximum = null)
    {
        memories.Add(maximum is { } most ? new WasmWriter().Raw(1).U32(minimum).U32(most).ToArray() : new WasmWriter().Raw(0).U32(minimum).ToArray());
        return memories.Count == 1 ? Export("memory", 0, 2) : this;
    }

    public ModuleBuilder TableOf(byte type, uint minimum)
    {
        tables.Add(new WasmWriter().Raw(type, 0).U32(minimum).ToArray());
        return this;
    }

    public ModuleBuilder Table(uint minimum, params uint[] contents)
    {
        tables.Add(new WasmWriter().Raw(0x70, 0).U32(minimum).ToArray());
        if (contents.Length > 0)
            elements.Add(new WasmWriter().Raw(0).Raw(Code.I32(0)).Raw(0x0B).Vector([.. contents.Select(f => new WasmWriter().U32(f).ToArray())]).ToArray());
        return this;
    }

    public ModuleBuilder Global(char kind, bool mutable, byte[] initial)
    {
        globals.Add(new WasmWriter().Raw(Kind(kind), (byte)(mutable ? 1 : 0)).Raw(initial).Raw(0x0B).ToArray());
        return this;
    }

    public ModuleBuilder DataIn(uint memory, int offset, params byte[] content)
    {
        datas.Add(new WasmWriter().Raw(2).U32(memory).Raw(Code.I32(offset)).Raw(0x0B).U32((uint)content.Length).Raw(content).ToArray());
        return this;
    }

    public ModuleBuilder Data(int offset, params byte[] content)
    {
        datas.Add(new WasmWriter().Raw(0).Raw(Code.I32(offset)).Raw(0x0B).U32((uint)content.Length).Raw(content).ToArray());
        return this;
    }

    public ModuleBuilder Start(uint function)
    {
        start = function;
        return this;
    }

    public byte[] ToArray()
    {
        var module = new WasmWriter().Raw(0, 0x61, 0x73, 0x6D, 1, 0, 0, 0);
        (int Id, List<byte[]> Items)[] sections =
            [(1, types), (2, imports), (3, functions), (4, tables), (5, memories), (13, tags), (6, globals), (7, exports)];
        foreach (var (id, items) in sections) Section(module, id, items);
        if (start is { } index) Section(module, 8, new WasmWriter().U32(index).ToArray());
        Section(module, 9, elements);
        Section(module, 10, codes);
        Section(module, 11, datas);
        return module.ToArray();
    }

    private static void Section(WasmWriter module, int id, List<byte[]> items)
    {
        if (items.Count > 0) Section(module, id, new WasmWriter().Vector(items).ToArray());
    }

    private static void Section(WasmWriter module, int id, byte[] content) => module.Raw((byte)id).U32((uint)content.Length).Raw(content);

    private static List<byte[]> Kinds(string letters) => [.. letters.Select(letter => new[] { Kind(letter) })];

    private static byte Kind(char letter) => letter switch { 'i' => 0x7F, 'I' => 0x7E, 'f' => 0x7D, 'F' => 0x7C, 'v' => 0x7B, 'r' => 0x70, 'x' => 0x69, _ => 0x6F };
}
