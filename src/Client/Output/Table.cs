using System.Text;

namespace ClawGrains.Client.Output;

/// <summary>Columns of text, the last one cut to the terminal's width.</summary>
internal sealed class Table(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Terminal.Plain)]);

    public void Write(TextWriter output)
    {
        var widths = headings.Select((h, i) => Math.Max(h.Length, _rows.Count == 0 ? 0 : _rows.Max(r => r[i].Length))).ToArray();
        output.WriteLine(Terminal.Bold(Line(headings, widths)));
        foreach (var row in _rows) output.WriteLine(Line(row, widths));
    }

    private static string Line(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length - 1; i++) line.Append(cells[i].PadRight(widths[i])).Append("  ");
        var room = Console.IsOutputRedirected ? int.MaxValue : Math.Max(20, Console.WindowWidth - line.Length);
        var last = cells[^1];
        return line.Append(last.Length <= room ? last : last[..(room - 1)] + "…").ToString();
    }
}
