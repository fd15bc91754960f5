using ClawGrains.Components;
using ClawGrains.Skills.Discovery;
using ClawGrains.Wasm;

namespace ClawGrains.Grains.Catalog;

/// <summary>A skill's WebAssembly must be WebAssembly: its components are decoded and validated before a version with them is served.</summary>
internal sealed class ComponentCheck : ISkillCheck
{
    private const string Extension = ".wasm";
    private readonly Lazy<Engine> _engine = new(() => new Engine());

    private static ReadOnlySpan<byte> Magic => "\0asm"u8;

    public SkillFault? Check(DiscoveredSkill skill)
    {
        foreach (var file in skill.Tree.Files)
            if (file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && file.IsHashed
                && Check(Path.Combine(skill.Document.BaseDirectory, file.Path)) is { } fault) return fault;
        return null;
    }

    private SkillFault? Check(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (!bytes.AsSpan().StartsWith(Magic)) return new SkillFault(path, "it is no WebAssembly: it does not begin with \\0asm");
            if (Component.IsComponent(bytes)) Component.Load(_engine.Value, bytes);
            return null;
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
