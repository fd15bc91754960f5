using System.Collections.Immutable;

namespace ClawGrains.Sandbox.Manifest;

internal sealed class DiagnosticList(string file)
{
    private readonly List<ManifestDiagnostic> _items = [];

    public bool HasErrors => _items.Exists(d => d.IsError);

    public ImmutableArray<ManifestDiagnostic> Ordered => [.. _items.OrderBy(d => d.Line).ThenBy(d => d.Column)];

    public void Warn(ManifestNode at, string field, string message) => Add(at.Line, at.Column, field, message, isError: false);

    public void Fail(ManifestNode at, string field, string message) => Add(at.Line, at.Column, field, message, isError: true);

    public void Add(int line, int column, string field, string message, bool isError) =>
        _items.Add(new ManifestDiagnostic(file, line, column, field, message, isError));
}
