using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClawGrains.Embedded.Copying;
using Orleans;

namespace ClawGrains.Embedded.Storage;

/// <summary>Describes [GenerateSerializer] types to System.Text.Json by the members that travel.</summary>
internal sealed class MemberResolver : DefaultJsonTypeInfoResolver
{
    public override JsonTypeInfo GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        if (type.IsEnum || !type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) || type == typeof(Orleans.Runtime.GrainId))
            return base.GetTypeInfo(type, options);
        var info = JsonTypeInfo.CreateJsonTypeInfo(type, options);
        if (info.Kind != JsonTypeInfoKind.Object)
            return base.GetTypeInfo(type, options);
        if (!type.IsAbstract)
            info.CreateObject = Maker(type);
        foreach (var member in SerializableMember.Of(type))
            AddProperty(info, member);
        AddDerived(info, type);
        return info;
    }

    private static Func<object> Maker(Type type)
    {
        var constructor = type.IsValueType || type.IsDefined(typeof(RequiredMemberAttribute), inherit: true) ? null : type.GetConstructor(Type.EmptyTypes);
        return constructor is null
            ? () => RuntimeHelpers.GetUninitializedObject(type)
            : () => constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    private static void AddProperty(JsonTypeInfo info, SerializableMember member)
    {
        if (info.Properties.Any(p => p.Name == member.Name))
            return;
        var property = info.CreateJsonPropertyInfo(member.Type, member.Name);
        property.Get = member.Get;
        property.Set = member.Set;
        info.Properties.Add(property);
    }

    /// <summary>Values of derived types carry their name: the alias if there is one.</summary>
    private static void AddDerived(JsonTypeInfo info, Type type)
    {
        if (type.IsSealed || type.IsGenericType)
            return;
        var derived = type.Assembly.GetTypes().Where(t => t.IsSubclassOf(type) && !t.IsAbstract && !t.IsGenericType && t.IsDefined(typeof(GenerateSerializerAttribute), false)).ToArray();
        if (derived.Length == 0)
            return;
        info.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = "$type" };
        foreach (var d in derived)
            info.PolymorphismOptions.DerivedTypes.Add(new(d, d.GetCustomAttribute<AliasAttribute>()?.Alias ?? d.FullName!));
    }
}
