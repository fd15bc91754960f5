using System.Collections.Concurrent;

namespace ClawGrains.Wasm.Compilation;

/// <summary>The methods that carry out instructions are named after them: <c>i32.rem_s</c> is I32RemS.</summary>
internal static class Names
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Pascal(string instruction) => Known.GetOrAdd(instruction, name =>
        string.Concat(name.Split('.', '_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
}
