using System.Reflection;
using System.Runtime.CompilerServices;

namespace ClawGrains.Embedded.Copying;

/// <summary>Copies the members of a [GenerateSerializer] type: by reflection at first, by emitted code when the type turns out to be busy.</summary>
internal sealed class MemberCopier : Copier
{
    private const int BusyAfter = 64;

    private readonly Type _type;
    private readonly SerializableMember[] _members;
    private readonly ConstructorInvoker? _constructor;
    private Action<object, object, DeepCopy.Session>? _emitted;
    private int _uses;

    internal MemberCopier(Type type)
    {
        if (type.IsAbstract)
            throw new InvalidOperationException($"BUG: {type} is abstract and can't be the type of a value.");
        _type = type;
        _members = SerializableMember.Of(type);
        var constructor = type.IsValueType ? null : type.GetConstructor(BindingFlags.Instance | BindingFlags.Public, []);
        _constructor = constructor is null || type.IsDefined(typeof(RequiredMemberAttribute), inherit: true) ? null : ConstructorInvoker.Create(constructor);
    }

    internal override object Copy(object value, DeepCopy.Session session)
    {
        // Members that don't travel are as a new object has them.
        var copy = _constructor?.Invoke() ?? RuntimeHelpers.GetUninitializedObject(_type);
        if (!_type.IsValueType)
            session.Record(value, copy);
        if (_emitted is { } emitted)
            emitted(value, copy, session);
        else
            CopyByReflection(value, copy, session);
        return copy;
    }

    private void CopyByReflection(object value, object copy, DeepCopy.Session session)
    {
        foreach (var member in _members)
        {
            var part = member.Get(value);
            member.Set(copy, member.IsShared || part is null ? part : session.Copy(part));
        }
        if (Interlocked.Increment(ref _uses) == BusyAfter)
            _emitted = MemberCopierEmitter.TryEmit(_type, _members);
    }
}
