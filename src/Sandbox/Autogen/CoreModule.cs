namespace ClawGrains.Sandbox.Autogen;

/// <summary>Writes a core module of functions over i32 (core spec, §5.5).</summary>
internal sealed class CoreModule
{
    public const byte I32 = 0x7f;
    private const byte Function = 0;
    private const byte Memory = 2;

    private readonly List<(int Parameters, int Results)> _types = [];
    private readonly ByteWriter _imports = new();
    private readonly List<(int Type, CoreCode? Code)> _functions = [];
    private readonly List<int> _globals = [];
    private readonly ByteWriter _exports = new();
    private readonly List<(int At, byte[] Bytes)> _data = [];
    private int _importCount;
    private int _importedFunctions;
    private int _exportCount;
    private int? _pages;

    public int ImportFunction(string module, string name, int parameters, int results)
    {
        if (_functions.Count > 0) throw new InvalidOperationException("BUG: imports come before functions.");
        _imports.Name(module).Name(name).Byte(Function).U32(Type(parameters, results));
        _importCount++;
        return _importedFunctions++;
    }

    public void ImportMemory(string module, string name, int pages)
    {
        _imports.Name(module).Name(name).Byte(Memory).Byte(0).U32(pages);
        _importCount++;
    }

    public void DefineMemory(string export, int pages)
    {
        _pages = pages;
        Export(export, Memory, 0);
    }

    /// <summary>A mutable global.</summary>
    public int Global(int initial)
    {
        _globals.Add(initial);
        return _globals.Count - 1;
    }

    /// <summary>Gives a function its index, so that others can call it before it is written.</summary>
    public int Declare(int parameters, int results = 1)
    {
        _functions.Add((Type(parameters, results), null));
        return _importedFunctions + _functions.Count - 1;
    }

    public void Define(int function, Action<CoreCode> body)
    {
        var at = function - _importedFunctions;
        var code = new CoreCode(_types[_functions[at].Type].Parameters);
        body(code);
        _functions[at] = (_functions[at].Type, code);
    }

    public void ExportFunction(string name, int function) => Export(name, Function, function);

    public void Data(int at, byte[] bytes) => _data.Add((at, bytes));

    public byte[] ToArray()
    {
        var module = new ByteWriter().Bytes("\0asm"u8).Bytes([1, 0, 0, 0]);
        module.Section(1, List(_types, (w, t) => w.Byte(0x60).Bytes(Values(t.Parameters)).Bytes(Values(t.Results))));
        module.Section(2, new ByteWriter().U32(_importCount).Bytes(_imports.ToArray()));
        module.Section(3, List(_functions, (w, f) => w.U32(f.Type)));
        if (_pages is { } pages) module.Section(5, new ByteWriter().U32(1).Byte(0).U32(pages));
        module.Section(6, List(_globals, (w, initial) => w.Byte(I32).Byte(1).Byte(0x41).S32(initial).Byte(0x0b)));
        module.Section(7, new ByteWriter().U32(_exportCount).Bytes(_exports.ToArray()));
        module.Section(10, List(_functions, (w, f) => w.Sized((f.Code ?? throw new InvalidOperationException("BUG: a function was declared and not defined.")).ToEntry())));
        module.Section(11, List(_data, (w, d) => w.Byte(0).Byte(0x41).S32(d.At).Byte(0x0b).U32(d.Bytes.Length).Bytes(d.Bytes)));
        return module.ToArray();
    }

    private int Type(int parameters, int results)
    {
        if (!_types.Contains((parameters, results))) _types.Add((parameters, results));
        return _types.IndexOf((parameters, results));
    }

    private void Export(string name, byte kind, int index)
    {
        _exports.Name(name).Byte(kind).U32(index);
        _exportCount++;
    }

    private static byte[] Values(int count) => new ByteWriter().U32(count).Bytes([.. Enumerable.Repeat(I32, count)]).ToArray();

    private static ByteWriter List<T>(List<T> items, Action<ByteWriter, T> write)
    {
        var list = new ByteWriter().U32(items.Count);
        foreach (var item in items) write(list, item);
        return list;
    }
}
