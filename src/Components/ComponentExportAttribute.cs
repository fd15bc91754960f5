namespace ClawGrains.Components;

/// <summary>Marks a method that <see cref="LinkerInstance.Methods"/> offers to components.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ComponentExportAttribute(string name) : Attribute
{
    /// <summary>The function's name in WIT.</summary>
    public string Name { get; } = name;
}
