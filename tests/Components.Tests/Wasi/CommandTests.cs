using System.Text;
using ClawGrains.Components.Wasi;

namespace ClawGrains.Components.Tests.Wasi;

/// <summary>
/// Commands made from C, Rust and AssemblyScript with the preview 1 adapter, whose output is compared with what was
/// recorded beside them after it had been compared with Node's. Their sources and how they are built lie there too.
/// </summary>
public sealed class CommandTests : IDisposable
{
    private static readonly string Folder = Path.Combine(TestData.Repository, "tests/Components.Tests/Data/commands");
    private readonly string _directory = Directory.CreateTempSubdirectory("claw-command").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private (int Code, string Output) Run(string name, WasiOptions options, params string[] arguments)
    {
        var component = Component.Load(Fixture.Engine, File.ReadAllBytes(Path.Combine(Folder, $"{name}.wasm")));
        using var output = new MemoryStream();
        var code = WasiCommand.Run(component, options with
        {
            Arguments = [$"{name}.wasm", .. arguments],
            Environment = [new("A", "1 2")],
            StandardInput = new MemoryStream("one\ntwo\nthree"u8.ToArray()),
            StandardOutput = output,
            Directories = [new WasiDirectory(_directory, "/d")],
        });
        return (code, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData("args", "0", "two words", "é€😀")]
    [InlineData("assemblyscript")]
    [InlineData("clocks")]
    [InlineData("directories")]
    [InlineData("files")]
    [InlineData("links")]
    [InlineData("paths")]
    [InlineData("rust")]
    [InlineData("stdin")]
    [InlineData("times")]
    public void Run_Command_WritesWhatWasRecorded(string name, params string[] arguments)
    {
        var (code, output) = Run(name, new(), arguments);
        output.ShouldBe(File.ReadAllText(Path.Combine(Folder, $"{name}.txt")));
        code.ShouldBe(0);
    }

    [Theory]
    [InlineData("args", "7")]
    [InlineData("trap", "exit", "9")]
    [InlineData("trap", "_exit", "9")]
    [InlineData("rust", "3")]
    [InlineData("assemblyscript", "5")]
    public void Run_NonZeroExit_IsFailure(string name, params string[] arguments) => Run(name, new(), arguments).Code.ShouldBe(1);

    [Theory]
    [InlineData("unreachable", "unreachable")]
    [InlineData("div", "integer divide by zero")]
    [InlineData("oob", "out of bounds memory access")]
    [InlineData("abort", "unreachable")]
    [InlineData("nullcall", "")]
    public void Run_Fault_IsATrapWithItsReason(string how, string reason) =>
        Should.Throw<ComponentTrapException>(() => Run("trap", new(), how)).Message.ShouldContain(reason);

    [Fact]
    public void Run_Cancelled_EndsASleep()
    {
        using var stop = new CancellationTokenSource();
        var options = new WasiOptions { Cancellation = stop.Token, Time = new StoppingClock(stop) };
        Should.Throw<OperationCanceledException>(() => Run("clocks", options));
    }

    /// <summary>A clock that stands still, and whose first timer cancels instead of going off.</summary>
    private sealed class StoppingClock(CancellationTokenSource stop) : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            stop.Cancel();
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
