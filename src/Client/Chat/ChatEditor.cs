using RadLine;

namespace ClawGrains.Client.Chat;

/// <summary>The line at a terminal: arrows move in it and through the history, Tab completes, Ctrl-D at its start ends.</summary>
internal sealed class ChatEditor
{
    private readonly LineEditor _editor;

    public ChatEditor(ChatHistory history, ITextCompletion completion)
    {
        _editor = new LineEditor { MultiLine = false, Prompt = new LineEditorPrompt("[bold]>[/]"), Completion = completion };
        foreach (var line in history.Lines) _editor.History.Add(line);
        _editor.KeyBindings.Add(ConsoleKey.UpArrow, () => new PreviousHistoryCommand());
        _editor.KeyBindings.Add(ConsoleKey.DownArrow, () => new NextHistoryCommand());
        // What a terminal makes of Enter where it was typed ahead of the prompt.
        _editor.KeyBindings.Add(ConsoleKey.J, ConsoleModifiers.Control, () => new SubmitCommand());
        _editor.KeyBindings.Add(ConsoleKey.Enter, ConsoleModifiers.Control, () => new SubmitCommand());
        _editor.KeyBindings.Add(ConsoleKey.D, ConsoleModifiers.Control, () => new EndOfInput());
    }

    /// <summary>The next line; null at its end, or when the token is cancelled.</summary>
    public Task<string?> ReadAsync(CancellationToken cancellationToken) => _editor.ReadLine(cancellationToken);

    private sealed class EndOfInput : LineEditorCommand
    {
        public override void Execute(LineEditorContext context)
        {
            if (context.Buffer.Content.Length == 0) context.Submit(SubmitAction.Cancel);
        }
    }
}
