using System.Reflection;

namespace ClawGrains.Embedded.Runtime;

/// <summary>Finds the assemblies that can hold grain classes without loading those that can't.</summary>
internal static class GrainAssemblies
{
    private static readonly string Own = typeof(GrainAssemblies).Assembly.GetName().Name!;

    internal static List<Assembly> Discover()
    {
        var found = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic && !IsFramework(a.GetName().Name)));
        var seen = new HashSet<string>(open.Select(a => a.FullName!), StringComparer.Ordinal);
        while (open.TryDequeue(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (references.Any(r => r.Name == Own))
                found.TryAdd(assembly.FullName!, assembly);
            foreach (var reference in references.Where(r => !IsFramework(r.Name) && r.Name != Own && seen.Add(r.FullName)))
                TryOpen(reference, open);
        }
        return [.. found.Values];
    }

    private static void TryOpen(AssemblyName name, Queue<Assembly> open)
    {
        try
        {
            open.Enqueue(Assembly.Load(name));
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // A reference that isn't deployed is not used; if it is, its user gets the exception.
        }
    }

    private static bool IsFramework(string? name) => name is null
        || name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft", StringComparison.Ordinal)
        || name is "mscorlib" or "netstandard" || name.StartsWith("xunit", StringComparison.Ordinal);
}
