namespace ClawGrains.Sandbox.Autogen;

/// <summary>
/// Wraps two core modules as a component of the world <c>clawft:plugin@0.1.0</c> that imports
/// <c>clawgrains:tools/host-tools@1.0.0</c> (component model, Binary.md; the comments name its index spaces).
/// </summary>
internal static class PluginComponent
{
    private const string Imported = "clawgrains:tools/host-tools@1.0.0";
    private const byte String = 0x73, CoreSort = 0x00, FuncSort = 0x01, InstanceSort = 0x05, CoreFunc = 0x00, CoreMemory = 0x02;
    private const byte CoreModuleSection = 1, CoreInstanceSection = 2, InstanceSection = 5, AliasSection = 6, TypeSection = 7, CanonSection = 8, ImportSection = 10, ExportSection = 11;
    private static readonly string[] ErrorCases = ["not-permitted", "not-found", "invalid-arguments", "exhausted", "failed"];

    public static byte[] Wrap(byte[] memory, byte[] sequence)
    {
        var component = new ByteWriter().Bytes("\0asm"u8).Bytes([0x0d, 0, 1, 0]);
        component.Section(TypeSection, new ByteWriter().U32(1).Bytes(HostTools()));                       // type 0
        component.Section(ImportSection, new ByteWriter().U32(1).Byte(0).Name(Imported).Byte(0x05).U32(0)); // instance 0
        component.Section(AliasSection, new ByteWriter().U32(1).Byte(FuncSort).Byte(0x00).U32(0).Name("call-tool")); // func 0
        component.Section(CoreModuleSection, new ByteWriter().Bytes(memory));                              // core module 0
        component.Section(CoreModuleSection, new ByteWriter().Bytes(sequence));                            // core module 1
        component.Section(CoreInstanceSection, new ByteWriter().U32(1).Byte(0x00).U32(0).U32(0));          // core instance 0
        component.Section(AliasSection, new ByteWriter().U32(2)
            .Bytes(CoreAlias(CoreMemory, 0, MemoryGuest.Memory))                                           // core memory 0
            .Bytes(CoreAlias(CoreFunc, 0, MemoryGuest.Realloc)));                                          // core func 0
        component.Section(CanonSection, new ByteWriter().U32(1).Byte(0x01).Byte(0x00).U32(0).Bytes(Options())); // core func 1
        component.Section(CoreInstanceSection, new ByteWriter().U32(2)
            .Byte(0x01).U32(1).Name(SequenceGuest.CallTool).Byte(CoreFunc).U32(1)                          // core instance 1
            .Byte(0x00).U32(1).U32(2)                                                                      // core instance 2
            .Name(SequenceGuest.Environment).Byte(0x12).U32(0)
            .Name(SequenceGuest.Host).Byte(0x12).U32(1));
        component.Section(AliasSection, new ByteWriter().U32(3)
            .Bytes(CoreAlias(CoreFunc, 2, SequenceGuest.Init))                                             // core func 2
            .Bytes(CoreAlias(CoreFunc, 2, SequenceGuest.Execute))                                          // core func 3
            .Bytes(CoreAlias(CoreFunc, 2, SequenceGuest.Describe)));                                       // core func 4
        component.Section(TypeSection, ExportTypes());                                                     // types 1 to 5
        component.Section(CanonSection, new ByteWriter().U32(3)                                            // func 1 to 3
            .Bytes(Lift(2, 2)).Bytes(Lift(3, 4)).Bytes(Lift(4, 5)));
        component.Section(InstanceSection, new ByteWriter().U32(1).Byte(0x01).U32(3)                       // instance 1
            .Byte(0).Name(SequenceGuest.Init).Byte(FuncSort).U32(1)
            .Byte(0).Name(SequenceGuest.Execute).Byte(FuncSort).U32(2)
            .Byte(0).Name(SequenceGuest.Describe).Byte(FuncSort).U32(3));
        component.Section(ExportSection, new ByteWriter().U32(1).Byte(0).Name("plugin").Byte(InstanceSort).U32(1).Byte(0));
        return component.ToArray();
    }

    // (instance (type variant) (export "tool-error" (type (eq 0))) (type result) (type func) (export "call-tool" (func 3)))
    private static byte[] HostTools()
    {
        var type = new ByteWriter().Byte(0x42).U32(5);
        type.Byte(0x01).Byte(0x71).U32(ErrorCases.Length);
        foreach (var name in ErrorCases) type.Name(name).Byte(0x01).Byte(String).Byte(0x00);
        type.Byte(0x04).Byte(0x00).Name("tool-error").Byte(0x03).Byte(0x00).U32(0);
        type.Byte(0x01).Bytes(ResultOf(String, 1));
        type.Byte(0x01).Byte(0x40).U32(2).Name("name").Byte(String).Name("arguments").Byte(String).Byte(0x00).S32(2);
        type.Byte(0x04).Byte(0x00).Name("call-tool").Byte(FuncSort).U32(3);
        return type.ToArray();
    }

    private static ByteWriter ExportTypes() => new ByteWriter().U32(5)
        .Byte(0x6a).Byte(0x00).Byte(0x01).Byte(String)                                                      // 1: result<_, string>
        .Byte(0x40).U32(0).Byte(0x00).S32(1)                                                               // 2: func() -> 1
        .Byte(0x6a).Byte(0x01).Byte(String).Byte(0x01).Byte(String)                                         // 3: result<string, string>
        .Byte(0x40).U32(2).Name("tool-name").Byte(String).Name("params-json").Byte(String).Byte(0x00).S32(3) // 4: func(…) -> 3
        .Byte(0x40).U32(0).Byte(0x00).Byte(String);                                                        // 5: func() -> string

    private static byte[] ResultOf(byte ok, int error) => new ByteWriter().Byte(0x6a).Byte(0x01).Byte(ok).Byte(0x01).S32(error).ToArray();

    private static byte[] CoreAlias(byte sort, int instance, string name) => new ByteWriter().Byte(CoreSort).Byte(sort).Byte(0x01).U32(instance).Name(name).ToArray();

    private static byte[] Lift(int coreFunction, int type) => new ByteWriter().Byte(0x00).Byte(0x00).U32(coreFunction).Bytes(Options()).U32(type).ToArray();

    // UTF-8, memory 0, realloc 0.
    private static byte[] Options() => new ByteWriter().U32(3).Byte(0x00).Byte(0x03).U32(0).Byte(0x04).U32(0).ToArray();
}
