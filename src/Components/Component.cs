using ClawGrains.Components.Binary;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;
using ClawGrains.Components.Validation;

namespace ClawGrains.Components;

/// <summary>A decoded, validated component. Immutable: one can be instantiated any number of times, from any thread.</summary>
public sealed class Component
{
    private Component(Wasm.Engine engine, ComponentPlan plan, int size)
    {
        Engine = engine;
        Plan = plan;
        Size = size;
    }

    /// <summary>The engine that compiled the core modules inside.</summary>
    public Wasm.Engine Engine { get; }

    /// <summary>The size of the binary in bytes.</summary>
    public int Size { get; }

    internal ComponentPlan Plan { get; }

    /// <summary>The names of the imports, in the component's order.</summary>
    public IReadOnlyList<string> Imports => [.. Plan.Type.Imports.Items.Select(i => i.Name)];

    /// <summary>The names of the exports, in the component's order.</summary>
    public IReadOnlyList<string> Exports => [.. Plan.Type.Exports.Items.Select(i => i.Name)];

    /// <summary>The exported functions, those of exported interfaces as <c>interface#function</c>; not the members of resources.</summary>
    public IReadOnlyList<ComponentFunctionType> Functions => [.. Plan.Type.Exports.Items.SelectMany(i => i.Type.Type switch
    {
        FuncType f when i.Type.Sort == ExternSort.Func => [new ComponentFunctionType(i.Name, f)],
        InstanceType n when i.Type.Sort == ExternSort.Instance => n.Exports.Items
            .Where(e => e.Type.Sort == ExternSort.Func && !e.Name.StartsWith('['))
            .Select(e => new ComponentFunctionType($"{i.Name}#{e.Name}", (FuncType)e.Type.Type)),
        _ => Enumerable.Empty<ComponentFunctionType>(),
    })];

    /// <summary>The component's world as WIT text, with the interfaces it imports and exports.</summary>
    public string ToWit() => Wit.WitPrinter.Print(Plan.Type);

    /// <summary>
    /// Decodes and validates a component of the binary format with version 0x0d and layer 1. The bytes must not change
    /// afterwards. Throws <see cref="ComponentException"/> of kind <see cref="ComponentErrorKind.Malformed"/>,
    /// <see cref="ComponentErrorKind.Invalid"/> or <see cref="ComponentErrorKind.Unsupported"/>.
    /// </summary>
    public static Component Load(Wasm.Engine engine, ReadOnlyMemory<byte> bytes) =>
        new(engine, new Validator(engine).Validate(Decoder.Decode(bytes)), bytes.Length);

    /// <summary>Whether the bytes start like a component; a core module does not.</summary>
    public static bool IsComponent(ReadOnlySpan<byte> bytes) => Decoder.IsComponent(bytes);
}
