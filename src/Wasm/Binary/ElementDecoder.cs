namespace ClawGrains.Wasm.Binary;

/// <summary>The element section and its eight forms of segment (§5.5.12).</summary>
internal static class ElementDecoder
{
    public static void Decode(ref WasmReader reader, ModuleData module)
    {
        for (var left = reader.Count(); left > 0; left--) module.Elements.Add(Segment(ref reader));
    }

    private static ElementSegment Segment(ref WasmReader reader)
    {
        var at = reader.Position;
        var flags = reader.U32();
        if (flags > 7) throw reader.MalformedAt("malformed elements segment kind", at);
        var mode = (flags & 1) == 0 ? SegmentMode.Active : (flags & 2) == 0 ? SegmentMode.Passive : SegmentMode.Declarative;
        var table = mode == SegmentMode.Active && (flags & 2) != 0 ? reader.U32() : 0;
        var offset = mode == SegmentMode.Active ? ConstExpressionReader.Skip(ref reader) : default;
        var expressions = (flags & 4) != 0;
        var type = (flags & 3) == 0 ? ValueKind.FuncRef : expressions ? TypeReader.Reference(ref reader) : Kind(ref reader);
        var segment = new ElementSegment { Mode = mode, Type = type, Table = table, Offset = offset, Position = at };
        if (expressions) segment.Expressions = Expressions(ref reader);
        else segment.Functions = Functions(ref reader);
        return segment;
    }

    private static ValueKind Kind(ref WasmReader reader) =>
        reader.Byte() == 0 ? ValueKind.FuncRef : throw reader.MalformedAt("malformed element kind", reader.Position - 1);

    private static uint[] Functions(ref WasmReader reader)
    {
        var functions = new uint[reader.Count()];
        foreach (ref var function in functions.AsSpan()) function = reader.U32();
        return functions;
    }

    private static ConstExpression[] Expressions(ref WasmReader reader)
    {
        var expressions = new ConstExpression[reader.Count()];
        foreach (ref var expression in expressions.AsSpan()) expression = ConstExpressionReader.Skip(ref reader);
        return expressions;
    }
}
