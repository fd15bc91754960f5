using System.Collections.Frozen;
using System.Collections.Immutable;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Compilation;
using ClawGrains.Wasm.Validation;

namespace ClawGrains.Wasm;

/// <summary>A decoded, valid module. Immutable, shared by any number of stores and threads.</summary>
public sealed class Module
{
    private readonly Lazy<ModuleNames> names;

    internal Module(Engine engine, ModuleData data)
    {
        Engine = engine;
        Data = data;
        Code = new ModuleCode(engine, data);
        names = new Lazy<ModuleNames>(() => NameSection.Read(data));
        Imports = [.. data.Imports];
        Exports = data.DescribeExports();
        ExportIndex = data.Exports.Select((export, place) => (export.Name, place)).ToFrozenDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
    }

    /// <summary>What an instance needs, in the module's order.</summary>
    public ImmutableArray<ImportDescriptor> Imports { get; }

    /// <summary>What an instance offers, in the module's order.</summary>
    public ImmutableArray<ExportDescriptor> Exports { get; }

    /// <summary>The custom sections, in the module's order.</summary>
    public ImmutableArray<CustomSection> CustomSections => [.. Data.CustomSections];

    /// <summary>The names of the name section; empty when there is none or it is malformed.</summary>
    public ModuleNames Names => names.Value;

    /// <summary>The proposals beyond 1.0 that the module uses, by the specification's names, for example <c>simd</c>.</summary>
    public ImmutableArray<string> Features => [.. Data.Features];

    /// <summary>The size of the binary in bytes.</summary>
    public int Size => Data.Bytes.Length;

    /// <summary>How many functions the module defines itself.</summary>
    public int FunctionCount => Data.Bodies.Count;

    internal Engine Engine { get; }

    internal ModuleData Data { get; }

    internal ModuleCode Code { get; }

    internal FrozenDictionary<string, int> ExportIndex { get; }

    /// <summary>Decodes and validates without an engine. Throws <see cref="DecodeException"/> or <see cref="ValidationException"/>.</summary>
    public static void Check(ReadOnlySpan<byte> binary, EngineOptions? options = null) => Load(binary.ToArray(), options ?? new EngineOptions());

    internal static ModuleData Load(byte[] binary, EngineOptions options)
    {
        var data = ModuleDecoder.Decode(binary, options);
        ModuleValidator.Validate(data);
        return data;
    }
}

/// <summary>The names a module gives to itself and its functions (§7.4).</summary>
public sealed record ModuleNames(string? Module, ImmutableDictionary<uint, string> Functions);
