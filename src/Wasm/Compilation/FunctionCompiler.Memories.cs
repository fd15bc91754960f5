using System.Reflection.Emit;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// Which memory an access goes to. The first memory's base and length are in locals all the time; those of another
/// are read before each access, and its accesses are always checked and marked.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private LocalBuilder? usedBase;
    private LocalBuilder? otherMemory;
    private LocalBuilder? otherBase;
    private LocalBuilder? otherLength;
    private bool usesFirst;

    private void UseMemory(int index)
    {
        usesFirst = index == 0;
        usedBase = memoryBase;
        if (usesFirst) return;
        usedBase = otherBase ??= il.DeclareLocal(typeof(byte*));
        otherLength ??= il.DeclareLocal(typeof(long));
        otherMemory ??= il.DeclareLocal(typeof(Memory));
        LoadInstance(nameof(Instance.Memories));
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Ldelem_Ref);
        il.Emit(OpCodes.Stloc, otherMemory);
        Keep(nameof(Memory.Start), otherBase);
        Keep(nameof(Memory.Length), otherLength);
    }

    private void Keep(string field, LocalBuilder local)
    {
        il.Emit(OpCodes.Ldloc, otherMemory!);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Memory), field));
        il.Emit(OpCodes.Stloc, local);
    }
}
