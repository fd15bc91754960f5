using ClawGrains.Components;
using ClawGrains.Grains.Catalog;
using ClawGrains.Skills.Rendering;
using ClawGrains.Wasm;

namespace ClawGrains.Grains.SkillPlugins;

/// <summary>The WebAssembly among the files of a skill: what has the name must be it, and a component must be valid.</summary>
public static class WasmFiles
{
    private const string Extension = ".wasm";
    private static readonly Lazy<Engine> Engine = new(() => new Engine());

    private static ReadOnlySpan<byte> Magic => "\0asm"u8;

    /// <summary>Whether a path names WebAssembly.</summary>
    public static bool IsWasm(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The first fault among the files of a directory, or null.</summary>
    public static SkillFault? Check(string directory)
    {
        try
        {
            return SkillFiles.Enumerate(directory).Where(f => IsWasm(f.RelativePath)).Select(f => CheckFile(f.FullPath)).FirstOrDefault(f => f is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SkillFault(directory, $"it can't be read: {e.Message}");
        }
    }

    /// <summary>What is wrong with a file of WebAssembly, or null.</summary>
    public static SkillFault? CheckFile(string path) => Check(path, mustBeComponent: false, _ => null);

    /// <summary>What is wrong with a file that is to be a component, or what <paramref name="further"/> finds in its bytes, or null.</summary>
    public static SkillFault? CheckComponent(string path, Func<byte[], SkillFault?> further) => Check(path, mustBeComponent: true, further);

    private static SkillFault? Check(string path, bool mustBeComponent, Func<byte[], SkillFault?> further)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (!bytes.AsSpan().StartsWith(Magic)) return new SkillFault(path, "it is no WebAssembly: it does not begin with \\0asm");
            if (Component.IsComponent(bytes)) Component.Load(Engine.Value, bytes);
            else if (mustBeComponent) return new SkillFault(path, "it is a core module; a plugin must be a component");
            return further(bytes);
        }
        catch (ComponentException e)
        {
            return new SkillFault(path, $"it is no valid component: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SkillFault(path, $"it can't be read: {e.Message}");
        }
    }
}
