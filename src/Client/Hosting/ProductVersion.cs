using System.Reflection;

namespace ClawGrains.Client.Hosting;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public static string Text { get; } = Full.Split('+')[0];

    /// <summary>The commit it was built of, or null where the build did not know.</summary>
    public static string? Commit { get; } = Full.Split('+') is [_, var commit] ? commit : null;

    private static string Full =>
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
