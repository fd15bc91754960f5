using ClawGrains.Components.Binary;
using ClawGrains.Components.Linking;

namespace ClawGrains.Components.Tests.Linking;

public sealed class AsyncBuiltinTests
{
    [Theory]
    [InlineData(nameof(AsyncBuiltin.FutureNew), "future.new")]
    [InlineData(nameof(AsyncBuiltin.StreamCancelRead), "stream.cancel-read")]
    [InlineData(nameof(AsyncBuiltin.WaitableSetDrop), "waitable-set.drop")]
    [InlineData(nameof(AsyncBuiltin.WaitableJoin), "waitable.join")]
    [InlineData(nameof(AsyncBuiltin.ThreadSuspendThenResume), "thread.suspend-then-resume")]
    public void NameOf_BuiltIn_IsThatOfTheTextFormat(string builtin, string name) =>
        AsyncBuiltins.NameOf(Enum.Parse<AsyncBuiltin>(builtin)).ShouldBe(name);
}
