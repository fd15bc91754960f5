namespace ClawGrains.Wasm.Bench;

/// <summary>A C kernel and how much of it takes some ten to a hundred milliseconds.</summary>
internal sealed record Kernel(string Name, uint Size)
{
    public static IReadOnlyList<Kernel> All { get; } =
    [
        new("sha256", 4096), new("fannkuch", 9), new("mandelbrot", 400), new("mandelbrot_simd", 400), new("matmul", 256),
        new("matmul_simd", 256), new("sieve", 4_000_000), new("fib", 32), new("memory", 2), new("indirect", 4000),
        new("interpreter", 1000), new("nbody", 200), new("sort", 200), new("hashmap", 400), new("blake2b", 8192), new("levenshtein", 2000),
        new("lz", 1024), new("trees", 15), new("spectral", 500), new("convert", 256),
    ];

    public string WasmFile => Path.Combine(Folder, $"{Name}.wasm");

    public string SourceFile => Path.Combine(Folder, $"{Name}.c");

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "kernels");
}
