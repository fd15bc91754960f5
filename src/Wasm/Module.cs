using System.Collections.Immutable;

namespace ClawGrains.Wasm;

/// <summary>A decoded, valid module. Immutable, shared by any number of stores and threads.</summary>
public sealed class Module
{
    internal Module() { }

    /// <summary>What an instance needs, in the module's order.</summary>
    public ImmutableArray<ImportDescriptor> Imports => throw new NotImplementedException();

    /// <summary>What an instance offers, in the module's order.</summary>
    public ImmutableArray<ExportDescriptor> Exports => throw new NotImplementedException();

    /// <summary>The custom sections, in the module's order.</summary>
    public ImmutableArray<CustomSection> CustomSections => throw new NotImplementedException();

    /// <summary>The names of the name section; empty when there is none or it is malformed.</summary>
    public ModuleNames Names => throw new NotImplementedException();

    /// <summary>The proposals beyond 1.0 that the module uses, by the specification's names, for example <c>simd</c>.</summary>
    public ImmutableArray<string> Features => throw new NotImplementedException();

    /// <summary>The size of the binary in bytes.</summary>
    public int Size => throw new NotImplementedException();

    /// <summary>How many functions the module defines itself.</summary>
    public int FunctionCount => throw new NotImplementedException();

    /// <summary>Decodes and validates without an engine. Throws <see cref="DecodeException"/> or <see cref="ValidationException"/>.</summary>
    public static void Check(ReadOnlySpan<byte> binary, EngineOptions? options = null) => throw new NotImplementedException();
}

/// <summary>The names a module gives to itself and its functions (§7.4).</summary>
public sealed record ModuleNames(string? Module, ImmutableDictionary<uint, string> Functions);
