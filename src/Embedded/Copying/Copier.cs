namespace ClawGrains.Embedded.Copying;

/// <summary>Copies the values of one type.</summary>
internal abstract class Copier
{
    internal abstract object Copy(object value, DeepCopy.Session session);
}

/// <summary>Copies the values of one type.</summary>
internal abstract class Copier<T> : Copier where T : notnull
{
    internal sealed override object Copy(object value, DeepCopy.Session session) => Copy((T)value, session);

    protected abstract T Copy(T value, DeepCopy.Session session);
}

/// <summary>Hands the value on.</summary>
internal sealed class SharingCopier : Copier
{
    internal static readonly SharingCopier Instance = new();

    internal override object Copy(object value, DeepCopy.Session session) => value;
}
