using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClawGrains.Wasm;

/// <summary>
/// One WebAssembly value with its kind, for untyped calls. Typed calls (<see cref="Function.ToDelegate{T}"/>) never make one.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Value : IEquatable<Value>
{
    internal readonly ulong Low;
    internal readonly ulong High;
    internal readonly object? Reference;

    internal Value(ValueKind kind, ulong low, ulong high = 0, object? reference = null)
    {
        Kind = kind;
        Low = low;
        High = high;
        Reference = reference;
    }

    /// <summary>The value's type.</summary>
    public ValueKind Kind { get; }

    /// <summary>An i32.</summary>
    public static Value I32(int value) => new(ValueKind.I32, (uint)value);

    /// <summary>An i64.</summary>
    public static Value I64(long value) => new(ValueKind.I64, (ulong)value);

    /// <summary>An f32; every bit of a NaN is kept.</summary>
    public static Value F32(float value) => new(ValueKind.F32, BitConverter.SingleToUInt32Bits(value));

    /// <summary>An f64; every bit of a NaN is kept.</summary>
    public static Value F64(double value) => new(ValueKind.F64, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A v128.</summary>
    public static Value V128(Vector128<byte> value) =>
        new(ValueKind.V128, value.AsUInt64().GetElement(0), value.AsUInt64().GetElement(1));

    /// <summary>A function reference; null is the null reference.</summary>
    public static Value FuncRef(Function? function) => new(ValueKind.FuncRef, 0, 0, function);

    /// <summary>A reference to a host object, which the guest can hold and pass but not look into.</summary>
    public static Value ExternRef(object? reference) => new(ValueKind.ExternRef, 0, 0, reference);

    /// <summary>A reference to an exception; null is the null reference.</summary>
    public static Value ExnRef(ExceptionValue? exception) => new(ValueKind.ExnRef, 0, 0, exception);

    /// <summary>The value that variables of <paramref name="kind"/> start with: zero or null.</summary>
    public static Value Default(ValueKind kind) => new(kind, 0);

    /// <summary>The i32. Throws <see cref="InvalidOperationException"/> for another kind.</summary>
    public int AsI32() => Is(ValueKind.I32) ? (int)Low : throw Wrong(ValueKind.I32);

    /// <summary>The i64. Throws <see cref="InvalidOperationException"/> for another kind.</summary>
    public long AsI64() => Is(ValueKind.I64) ? (long)Low : throw Wrong(ValueKind.I64);

    /// <summary>The f32. Throws <see cref="InvalidOperationException"/> for another kind.</summary>
    public float AsF32() => Is(ValueKind.F32) ? BitConverter.UInt32BitsToSingle((uint)Low) : throw Wrong(ValueKind.F32);

    /// <summary>The f64. Throws <see cref="InvalidOperationException"/> for another kind.</summary>
    public double AsF64() => Is(ValueKind.F64) ? BitConverter.UInt64BitsToDouble(Low) : throw Wrong(ValueKind.F64);

    /// <summary>The v128. Throws <see cref="InvalidOperationException"/> for another kind.</summary>
    public Vector128<byte> AsV128() =>
        Is(ValueKind.V128) ? Vector128.Create(Low, High).AsByte() : throw Wrong(ValueKind.V128);

    /// <summary>The function, null for the null reference. Throws <see cref="InvalidOperationException"/> for another kind.</summary>
    public Function? AsFuncRef() => Is(ValueKind.FuncRef) ? (Function?)Reference : throw Wrong(ValueKind.FuncRef);

    /// <summary>The host object, null for the null reference. Throws <see cref="InvalidOperationException"/> for another kind.</summary>
    public object? AsExternRef() => Is(ValueKind.ExternRef) ? Reference : throw Wrong(ValueKind.ExternRef);

    /// <summary>The exception, null for the null reference. Throws <see cref="InvalidOperationException"/> for another kind.</summary>
    public ExceptionValue? AsExnRef() => Kind.Fits(ValueKind.ExnRef) ? (ExceptionValue?)Reference : throw Wrong(ValueKind.ExnRef);

    /// <inheritdoc/>
    public bool Equals(Value other) =>
        Kind == other.Kind && Low == other.Low && High == other.High && ReferenceEquals(Reference, other.Reference);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Low, High, Reference);

    /// <summary>Equal in kind and in every bit.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Different in kind or in a bit.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>The value for people, for example <c>i32:7</c>.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.I32 => $"i32:{(int)Low}",
        ValueKind.I64 => $"i64:{(long)Low}",
        ValueKind.F32 => FormattableString.Invariant($"f32:{AsF32()}"),
        ValueKind.F64 => FormattableString.Invariant($"f64:{AsF64()}"),
        ValueKind.V128 => $"v128:0x{High:x16}{Low:x16}",
        ValueKind.FuncRef => Reference is null ? "funcref:null" : "funcref",
        ValueKind.ExternRef => Reference is null ? "externref:null" : $"externref:{Reference}",
        ValueKind.ExnRef or ValueKind.NullExnRef => Reference is null ? "exnref:null" : "exnref",
        _ => "none",
    };

    private bool Is(ValueKind kind) => Kind == kind;

    private InvalidOperationException Wrong(ValueKind wanted) => new($"The value is {this}, not {wanted}.");
}
