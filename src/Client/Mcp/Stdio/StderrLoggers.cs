using Microsoft.Extensions.Logging;

namespace ClawGrains.Client.Mcp.Stdio;

/// <summary>
/// Writes log lines to standard error, since standard output carries the protocol alone.
/// Much cheaper to start than a console provider with its own thread and options.
/// </summary>
/// <param name="minimum">The lowest level that is written.</param>
internal sealed class StderrLoggers(LogLevel minimum) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, minimum);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("The loggers of a stdio server write to standard error alone.");

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Logger(string category, LogLevel minimum) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var cause = exception is null ? "" : $" {exception.GetType().Name}: {exception.Message}";
            Console.Error.WriteLine($"{logLevel}: {category}: {formatter(state, exception)}{cause}");
        }
    }
}
