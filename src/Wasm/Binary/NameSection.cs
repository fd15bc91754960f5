using System.Collections.Immutable;

namespace ClawGrains.Wasm.Binary;

/// <summary>The name section (§7.4.1). An error in it is no error of the module (§7.4): what was read stands.</summary>
internal static class NameSection
{
    public static ModuleNames Read(ModuleData module)
    {
        string? name = null;
        var functions = ImmutableDictionary.CreateBuilder<uint, string>();
        try
        {
            foreach (var section in module.CustomSections)
                if (section.Name == "name") Subsections(section.Data.Span, ref name, functions);
        }
        catch (DecodeException)
        {
            return new ModuleNames(name, functions.ToImmutable());
        }
        return new ModuleNames(name, functions.ToImmutable());
    }

    private static void Subsections(ReadOnlySpan<byte> data, ref string? name, ImmutableDictionary<uint, string>.Builder functions)
    {
        var reader = new WasmReader(data, 0, data.Length, "name section");
        while (!reader.AtEnd)
        {
            var id = reader.Byte();
            var size = reader.U32();
            var end = reader.Position + (long)size;
            if (end > reader.End) throw reader.Malformed("length out of bounds");
            if (id == 0) name = reader.Name();
            if (id == 1) Functions(ref reader, functions);
            reader.Position = (int)end;
        }
    }

    private static void Functions(ref WasmReader reader, ImmutableDictionary<uint, string>.Builder functions)
    {
        for (var left = reader.Count(); left > 0; left--) functions[reader.U32()] = reader.Name();
    }
}
