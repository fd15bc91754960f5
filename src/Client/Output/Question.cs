using ClawGrains.Client.Connection;

namespace ClawGrains.Client.Output;

/// <summary>Asks the person at the terminal.</summary>
internal static class Question
{
    /// <summary>Whether there is somebody to ask.</summary>
    public static bool CanAsk => !Console.IsInputRedirected;

    /// <summary>The first letter of the answer, in lower case; <c>n</c> for none.</summary>
    /// <exception cref="CommandException">There is nobody to ask.</exception>
    public static async Task<char> AskAsync(string question, string unattended, CancellationToken cancellationToken)
    {
        if (!CanAsk) throw new CommandException(unattended, "confirmation_needed");
        await Console.Error.WriteAsync($"{question} ".AsMemory(), cancellationToken);
        var answer = (await Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken))?.Trim();
        return string.IsNullOrEmpty(answer) ? 'n' : char.ToLowerInvariant(answer[0]);
    }
}
