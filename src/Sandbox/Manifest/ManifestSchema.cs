using System.Globalization;
using NJsonSchema;
using NJsonSchema.Validation;

namespace ClawGrains.Sandbox.Manifest;

/// <summary>Checks a manifest with the published schema and says where in the file each error stands.</summary>
internal sealed class ManifestSchema
{
    private readonly JsonSchema _schema;

    private ManifestSchema(JsonSchema schema) => _schema = schema;

    public static async Task<ManifestSchema> LoadAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(ManifestSchema).Assembly.GetManifestResourceStream("plugin-manifest.schema.json")!);
        var text = await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        return new ManifestSchema(await JsonSchema.FromJsonAsync(text, cancellationToken).ConfigureAwait(false));
    }

    public void Check(ManifestNode root, DiagnosticList remarks)
    {
        foreach (var error in _schema.Validate(root.ToJson()?.ToJsonString() ?? "null").SelectMany(Leaves))
        {
            var path = (error.Path ?? "").TrimStart('#').TrimStart('/');
            var (at, _) = Find(root, path);
            remarks.Fail(at, path, Explain(error, at));
        }
        WarnUnknown(root, _schema, "", remarks);
    }

    /// <summary>The errors inside one of an array's items, which name what is wrong, in place of the one about the item.</summary>
    private static IEnumerable<ValidationError> Leaves(ValidationError error) =>
        error is ChildSchemaValidationError child && child.Errors.Values.Any(e => e.Count > 0)
            ? child.Errors.Values.SelectMany(e => e).SelectMany(Leaves)
            : [error];

    private static string Explain(ValidationError error, ManifestNode at) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => "is required",
        ValidationErrorKind.StringExpected => $"must be text{Hint(error)}",
        ValidationErrorKind.IntegerExpected => $"must be a whole number{Hint(error)}",
        ValidationErrorKind.BooleanExpected => $"must be true or false{Hint(error)}",
        ValidationErrorKind.ArrayExpected => $"must be a list{Hint(error)}",
        ValidationErrorKind.ObjectExpected => $"must be an object{Hint(error)}",
        ValidationErrorKind.PatternMismatch => $"'{at.Scalar}' does not fit{Hint(error)}",
        ValidationErrorKind.NotInEnumeration => $"'{at.Scalar}' is not one of {string.Join(", ", error.Schema.Enumeration)}",
        ValidationErrorKind.NumberTooSmall => $"{at.Scalar} is less than {error.Schema.Minimum}",
        ValidationErrorKind.NumberTooBig => $"{at.Scalar} is more than {error.Schema.Maximum}",
        ValidationErrorKind.StringTooShort => "is empty",
        ValidationErrorKind.StringTooLong => $"is longer than {error.Schema.MaxLength} characters",
        ValidationErrorKind.TooManyItems => $"has more than {error.Schema.MaxItems} items",
        ValidationErrorKind.TooFewItems => "is empty: leave it out or name one",
        _ => $"{error.Kind}{Hint(error)}",
    };

    private static string Hint(ValidationError error) => error.Schema.Description is { Length: > 0 } text ? $". {text}" : "";

    /// <summary>The node at a path such as <c>a.b[0]</c>, or the last one that is there.</summary>
    private static (ManifestNode Node, bool Found) Find(ManifestNode node, string path)
    {
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = step[0] == '[' ? node.Items.ElementAtOrDefault(int.Parse(step[1..^1], CultureInfo.InvariantCulture)) : node[step];
            if (next is null) return (node, false);
            node = next;
        }
        return (node, true);
    }

    private static void WarnUnknown(ManifestNode node, JsonSchema schema, string path, DiagnosticList remarks)
    {
        schema = schema.ActualSchema;
        for (var i = 0; i < node.Items.Count && schema.Item is { } item; i++) WarnUnknown(node.Items[i], item, $"{path}[{i}]", remarks);
        if (node.Kind != ManifestNodeKind.Map || schema.Properties.Count == 0) return;
        foreach (var field in node.Fields)
        {
            var name = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (schema.Properties.TryGetValue(field.Name, out var known)) WarnUnknown(field.Value, known, name, remarks);
            else remarks.Add(field.Line, field.Column, name, "is not a field of a manifest and is ignored", isError: false);
        }
    }
}
