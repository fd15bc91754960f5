using System.Collections.Immutable;

namespace ClawGrains.Sandbox.Permissions;

/// <summary>What a manifest asks for, or what a person approved. Nothing by default.</summary>
public sealed record PluginPermissions
{
    /// <summary>Nothing.</summary>
    public static PluginPermissions None { get; } = new();

    /// <summary>Host patterns; see <see cref="NetworkPattern"/>.</summary>
    public ImmutableArray<string> Network { get; init; } = [];

    /// <summary>Paths of the workspace; see <see cref="FilePattern"/>.</summary>
    public ImmutableArray<string> Filesystem { get; init; } = [];

    /// <summary>Variable names and patterns; see <see cref="EnvironmentRules"/>.</summary>
    public ImmutableArray<string> Environment { get; init; } = [];

    /// <summary>Tools of the host that the plugin may call: names, and patterns with <c>*</c>.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Whether the plugin keeps state between calls.</summary>
    public bool State { get; init; }

    /// <summary>Whether skills of the plugin run shell commands.</summary>
    public bool Shell { get; init; }

    /// <summary>Secrets that the host puts into requests.</summary>
    public ImmutableArray<CredentialBinding> Credentials { get; init; } = [];
}

/// <summary>A secret that the host puts into a header of requests to a host. The plugin never sees its value.</summary>
/// <param name="Host">A pattern as in <see cref="NetworkPattern"/>.</param>
/// <param name="Header">The header's name.</param>
/// <param name="Secret">The secret's name.</param>
/// <param name="Format">The header's value, with <c>{secret}</c> in it.</param>
public sealed record CredentialBinding(string Host, string Header, string Secret, string Format = "{secret}");
