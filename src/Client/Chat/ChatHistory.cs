namespace ClawGrains.Client.Chat;

/// <summary>The lines typed before, kept in the data directory for its owner alone.</summary>
internal sealed class ChatHistory(string path)
{
    private const int MaxLines = 1000;

    /// <summary>The lines, oldest first.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>Reads what was kept; nothing where there is none yet.</summary>
    public static ChatHistory Open(string path)
    {
        var history = new ChatHistory(path);
        if (File.Exists(path)) history.Lines = [.. File.ReadLines(path).TakeLast(MaxLines)];
        return history;
    }

    /// <summary>Keeps a line, unless it is the one before again.</summary>
    public void Add(string line)
    {
        if (Lines is [.., var last] && last == line) return;
        Lines = [.. Lines.TakeLast(MaxLines - 1), line];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var (whole, options) = (path + ".new", new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write });
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(whole, options))
            foreach (var one in Lines) writer.WriteLine(one);
        File.Move(whole, path, overwrite: true);
    }
}
