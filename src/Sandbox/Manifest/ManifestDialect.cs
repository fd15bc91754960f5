namespace ClawGrains.Sandbox.Manifest;

/// <summary>Brings the field names of clawft and ZeroClaw manifests to ours, at the places where they stand.</summary>
internal static class ManifestDialect
{
    private static readonly (string Theirs, string Ours)[] Renamed =
        [("wasm_module", "component"), ("module_path", "component"), ("wasm_path", "component")];

    public static ManifestNode Normalize(ManifestNode root, DiagnosticList remarks)
    {
        if (root.Kind != ManifestNodeKind.Map) return root;
        Unwrap(root);
        for (var i = 0; i < root.Fields.Count; i++)
            if (Renamed.FirstOrDefault(r => r.Theirs == root.Fields[i].Name).Ours is { } ours && root[ours] is null)
                root.Fields[i] = root.Fields[i] with { Name = ours };
        // ZeroClaw names a plugin by either of the two.
        if (IsZeroClaw(root)) Mirror(root);
        DropPermissionNames(root, remarks);
        return root;
    }

    // Some TOML manifests have their fields in a table [plugin].
    private static void Unwrap(ManifestNode root)
    {
        if (root.Fields.Find(f => f.Name == "plugin") is not { Value.Kind: ManifestNodeKind.Map } wrapper) return;
        root.Fields.Remove(wrapper);
        root.Fields.AddRange(wrapper.Value.Fields.Where(f => root[f.Name] is null));
    }

    private static bool IsZeroClaw(ManifestNode root) =>
        root["wit_packages"] is not null || root["providers"] is not null || root["component"] is not null && (root["id"] is null) != (root["name"] is null);

    private static void Mirror(ManifestNode root)
    {
        foreach (var (from, to) in ((string, string)[])[("id", "name"), ("name", "id")])
            if (root.Fields.Find(f => f.Name == from) is { } known && root[to] is null)
                root.Fields.Add(known with { Name = to });
    }

    private static void DropPermissionNames(ManifestNode root, DiagnosticList remarks)
    {
        if (root.Fields.Find(f => f.Name == "permissions") is not { Value.Kind: ManifestNodeKind.List } permissions) return;
        root.Fields.Remove(permissions);
        foreach (var name in permissions.Value.Items)
            remarks.Warn(name, "permissions", $"'{name.Scalar}' names no host, path or variable, so nothing is permitted by it: list them under permissions.network, .filesystem and .env_vars");
    }
}
