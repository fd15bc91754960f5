using System.Numerics;
using System.Reflection;

namespace ClawGrains.Wasm.Compilation;

/// <summary>
/// Instructions that the JIT knows as methods of the framework. Called as they are rather than through
/// <see cref="Scalar"/>, since inlining costs time in every function compiled.
/// </summary>
internal static class MachineOperations
{
    private static readonly Dictionary<int, MethodInfo> Known = new()
    {
        [0x67] = Bits(nameof(BitOperations.LeadingZeroCount), typeof(uint)),
        [0x68] = Bits(nameof(BitOperations.TrailingZeroCount), typeof(uint)),
        [0x69] = Bits(nameof(BitOperations.PopCount), typeof(uint)),
        [0x77] = Bits(nameof(BitOperations.RotateLeft), typeof(uint), typeof(int)),
        [0x78] = Bits(nameof(BitOperations.RotateRight), typeof(uint), typeof(int)),
        [0x8B] = Of(typeof(MathF), nameof(MathF.Abs), typeof(float)),
        [0x8D] = Of(typeof(MathF), nameof(MathF.Ceiling), typeof(float)),
        [0x8E] = Of(typeof(MathF), nameof(MathF.Floor), typeof(float)),
        [0x8F] = Of(typeof(MathF), nameof(MathF.Truncate), typeof(float)),
        [0x90] = Of(typeof(MathF), nameof(MathF.Round), typeof(float)),
        [0x91] = Of(typeof(MathF), nameof(MathF.Sqrt), typeof(float)),
        [0x98] = Of(typeof(MathF), nameof(MathF.CopySign), typeof(float), typeof(float)),
        [0x99] = Of(typeof(Math), nameof(Math.Abs), typeof(double)),
        [0x9B] = Of(typeof(Math), nameof(Math.Ceiling), typeof(double)),
        [0x9C] = Of(typeof(Math), nameof(Math.Floor), typeof(double)),
        [0x9D] = Of(typeof(Math), nameof(Math.Truncate), typeof(double)),
        [0x9E] = Of(typeof(Math), nameof(Math.Round), typeof(double)),
        [0x9F] = Of(typeof(Math), nameof(Math.Sqrt), typeof(double)),
        [0xA6] = Of(typeof(Math), nameof(Math.CopySign), typeof(double), typeof(double)),
    };

    /// <summary>The method that takes and returns what the instruction does, or null.</summary>
    public static MethodInfo? Of(int opcode) => Known.GetValueOrDefault(opcode);

    private static MethodInfo Bits(string name, params Type[] parameters) => Of(typeof(BitOperations), name, parameters);

    private static MethodInfo Of(Type type, string name, params Type[] parameters) =>
        type.GetMethod(name, parameters) ?? throw new InvalidOperationException($"BUG: {type} has no {name}.");
}
