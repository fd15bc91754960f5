using ClawGrains.Grains.SkillPlugins;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog;

/// <summary>A skill's WebAssembly must be WebAssembly: its components are decoded and validated before a version with them is served.</summary>
internal sealed class ComponentCheck : ISkillCheck
{
    public SkillFault? Check(DiscoveredSkill skill) => skill.Tree.Files.Where(f => WasmFiles.IsWasm(f.Path) && f.IsHashed)
        .Select(f => WasmFiles.CheckFile(Path.Combine(skill.Document.BaseDirectory, f.Path))).FirstOrDefault(f => f is not null);
}
