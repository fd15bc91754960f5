using System.Reflection;
using Orleans;

namespace ClawGrains.Embedded.Copying;

/// <summary>A field, or a property that is not a mere field, that travels.</summary>
internal sealed record SerializableMember(string Name, MemberInfo Member, Type Type, bool IsShared)
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    internal object? Get(object target) => Member is FieldInfo field ? field.GetValue(target) : ((PropertyInfo)Member).GetValue(target);

    internal void Set(object target, object? value)
    {
        if (Member is FieldInfo field)
            field.SetValue(target, value);
        else
            ((PropertyInfo)Member).SetValue(target, value);
    }

    /// <summary>The members of a type and of those of its bases that have [GenerateSerializer]: those with an [Id], and the primary constructor's of a record.</summary>
    internal static SerializableMember[] Of(Type type)
    {
        var members = new List<SerializableMember>();
        for (var level = type; level is not null && level.IsDefined(typeof(GenerateSerializerAttribute), inherit: false); level = level.BaseType)
            members.AddRange(Level(level));
        return [.. members];
    }

    private static IEnumerable<SerializableMember> Level(Type type)
    {
        var primary = PrimaryParameters(type);
        foreach (var field in type.GetFields(Declared).Where(f => f.IsDefined(typeof(IdAttribute))))
            yield return new(field.Name, field, field.FieldType, IsSharedMember(field, field.FieldType));
        foreach (var property in type.GetProperties(Declared).Where(p => p.IsDefined(typeof(IdAttribute)) || primary.Contains(p.Name)))
            yield return OfProperty(type, property);
    }

    private static SerializableMember OfProperty(Type type, PropertyInfo property)
    {
        MemberInfo member = (MemberInfo?)type.GetField($"<{property.Name}>k__BackingField", Declared) ?? property;
        if (member is PropertyInfo && (!property.CanRead || !property.CanWrite))
            throw new InvalidOperationException($"{type}.{property.Name} has an [Id] but can't be both read and written.");
        return new(property.Name, member, property.PropertyType, IsSharedMember(property, property.PropertyType));
    }

    private static bool IsSharedMember(MemberInfo member, Type type) => member.IsDefined(typeof(ImmutableAttribute)) || Shareable.Is(type);

    private static HashSet<string> PrimaryParameters(Type type)
    {
        var attribute = type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false);
        if (attribute is { IncludePrimaryConstructorParameters: false } || !IsRecord(type))
            return [];
        var properties = type.GetProperties(Declared).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var primary = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(c => c.GetParameters())
            .Where(p => p.Length > 0 && p.All(parameter => properties.Contains(parameter.Name!)))
            .MaxBy(p => p.Length);
        return primary?.Select(p => p.Name!).ToHashSet(StringComparer.Ordinal) ?? [];
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null
        || type.IsValueType && type.GetMethod("PrintMembers", Declared, [typeof(System.Text.StringBuilder)]) is not null;
}
