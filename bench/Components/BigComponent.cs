/// <summary>A valid component of a wanted size: one core module of many functions, each with locals, loads, stores, branches and calls.</summary>
internal static class BigComponent
{
    public static byte[] Make(int bytes)
    {
        byte[] body = Body();
        var count = bytes / (body.Length + 3);
        byte[] code = [.. Leb((uint)count), .. Enumerable.Range(0, count).SelectMany(_ => (byte[])[.. Leb((uint)body.Length), .. body])];
        byte[] functions = [.. Leb((uint)count), .. new byte[count]];
        byte[] module =
        [
            0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, .. Section(1, [1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f]), .. Section(3, functions),
            .. Section(5, [1, 0, 1]), .. Section(10, code),
        ];
        return [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, .. Section(1, module)];
    }

    private static byte[] Body()
    {
        // local.get 0; local.get 1; i32.add; local.tee 2; i32.load; local.set 3, then a store in a block with a branch.
        byte[] step =
        [
            0x20, 0, 0x20, 1, 0x6a, 0x22, 2, 0x28, 2, 4, 0x21, 3, 0x02, 0x40, 0x20, 3, 0x45, 0x0d, 0, 0x20, 2, 0x20, 3, 0x36, 2, 8, 0x0b,
            0x20, 0, 0x41, 7, 0x73, 0x20, 3, 0x10, 0, 0x21, 0,
        ];
        return [1, 2, 0x7f, .. Enumerable.Repeat(step, 12).SelectMany(s => s), 0x20, 0, 0x0b];
    }

    private static byte[] Section(byte id, byte[] content) => [id, .. Leb((uint)content.Length), .. content];

    private static byte[] Leb(uint value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7f; value >>= 7) bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
