using System.Reflection;

namespace ClawGrains.Embedded.Copying;

/// <summary>Copies tuples and value tuples of up to seven parts; longer ones nest.</summary>
internal sealed class TupleCopier(Type type) : Copier
{
    private readonly ConstructorInvoker _constructor = ConstructorInvoker.Create(type.GetConstructors().Single());
    private readonly MemberInfo[] _parts =
        [.. type.GetMembers().Where(m => m is FieldInfo or PropertyInfo && (m.Name.StartsWith("Item", StringComparison.Ordinal) || m.Name == "Rest")).OrderBy(m => m.Name, StringComparer.Ordinal)];

    internal override object Copy(object value, DeepCopy.Session session)
    {
        var parts = new object?[_parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = _parts[i] is FieldInfo field ? field.GetValue(value) : ((PropertyInfo)_parts[i]).GetValue(value);
            parts[i] = session.Part(part);
        }
        return _constructor.Invoke(parts.AsSpan());
    }
}
