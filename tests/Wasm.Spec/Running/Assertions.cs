using ClawGrains.Wasm.Spec.Script;

namespace ClawGrains.Wasm.Spec.Running;

/// <summary>What each assertion of a script demands.</summary>
/// <param name="notes">Takes rejections that were right but in other words.</param>
internal sealed class Assertions(ScriptState state, List<string> notes)
{
    public Value[] Invoke(SpecCommand command)
    {
        var action = command.Action ?? throw new MismatchException("there is no action");
        var found = state.Instance(action.Module).Find(action.Field);
        if (action.IsGet)
            return found is Global global ? [global.Value] : throw new MismatchException($"no global '{action.Field}' is exported");
        var function = found as Function ?? throw new MismatchException($"no function '{action.Field}' is exported");
        var kinds = function.Type.Parameters;
        if (kinds.Length != action.Arguments.Count)
            throw new MismatchException($"'{action.Field}' takes {kinds.Length} arguments, not {action.Arguments.Count}");
        return function.Call([.. action.Arguments.Select((a, i) => Values.ToArgument(a, kinds[i]))]);
    }

    public void Return(SpecCommand command)
    {
        var actual = Invoke(command);
        if (actual.Length != command.Expected.Count || !actual.Zip(command.Expected).All(p => Values.Matches(p.First, p.Second)))
            throw new MismatchException($"{Field(command)} gave {Values.Describe(actual)}, not {Expected(command)}");
    }

    public void Trap(SpecCommand command)
    {
        var trap = Trapped(() => Invoke(command));
        if (trap is GuestException || !Agree(trap.Message, command.Text))
            throw new MismatchException($"{Field(command)} trapped with '{trap.Message}', not '{command.Text}'");
    }

    public void Exception(SpecCommand command)
    {
        var trap = Trapped(() => Invoke(command));
        if (trap is not GuestException) throw new MismatchException($"{Field(command)} trapped with '{trap.Message}' and threw no exception");
    }

    public void Exhaustion(SpecCommand command)
    {
        var trap = Trapped(() => Invoke(command));
        if (trap.Kind != TrapKind.CallStackExhausted)
            throw new MismatchException($"{Field(command)} trapped with '{trap.Message}', not '{command.Text}'");
    }

    public void Invalid(SpecCommand command) => Rejected<ValidationException>(command, e => e.Reason);

    public void Malformed(SpecCommand command) => Rejected<DecodeException>(command, e => e.Reason);

    public void Unlinkable(SpecCommand command)
    {
        var module = state.CompileSupported(command);
        try
        {
            state.Instantiate(module);
        }
        catch (LinkException e)
        {
            Note(command, e.Message);
            return;
        }
        throw new MismatchException($"linked, though '{command.Text}'");
    }

    public void Uninstantiable(SpecCommand command)
    {
        var module = state.CompileSupported(command);
        var trap = Trapped(() => state.Instantiate(module));
        if (!Agree(trap.Message, command.Text))
            throw new MismatchException($"trapped with '{trap.Message}', not '{command.Text}'");
    }

    /// <summary>A module of a refused proposal is rejected too, if for another reason than the script's.</summary>
    private void Rejected<TException>(SpecCommand command, Func<TException, string> reason) where TException : WasmException
    {
        try
        {
            state.Compile(command);
        }
        catch (TException e)
        {
            Note(command, reason(e));
            return;
        }
        catch (WasmException e) when (Unsupported.Proposal(e) is { } proposal)
        {
            Note(command, proposal);
            return;
        }
        catch (DecodeException e) when (MovedIn3(e))
        {
            Note(command, e.Reason);
            return;
        }
        throw new MismatchException($"accepted, though '{command.Text}'");
    }

    /// <summary>
    /// 3.0 reads offsets, sizes and alignments of 64 bits, so that what fits no 32 is invalid there and malformed in 2.0.
    /// </summary>
    private static bool MovedIn3(DecodeException e) =>
        e.Reason is "integer too large" or "integer representation too long" or "malformed memop flags";

    private static TrapException Trapped(Func<object> run)
    {
        object result;
        try
        {
            result = run();
        }
        catch (TrapException trap)
        {
            return trap;
        }
        throw new MismatchException($"did not trap{(result is Value[] values ? $" but gave {Values.Describe(values)}" : "")}");
    }

    private void Note(SpecCommand command, string actual)
    {
        if (!Agree(actual, command.Text)) notes.Add($"line {command.Line}: '{actual}' where the script says '{command.Text}'");
    }

    /// <summary>Scripts and engines may say more than the other, so the script's may be a part, or the engine's the beginning, of the other.</summary>
    private static bool Agree(string actual, string expected) =>
        actual.Contains(expected, StringComparison.Ordinal)
        || (expected is "undefined element" && actual is "out of bounds table access") // Wasmtime's word for table.copy too
        || expected.StartsWith(actual, StringComparison.Ordinal);

    private static string Field(SpecCommand command) => $"{command.Action?.Field}";

    private static string Expected(SpecCommand command) =>
        command.Expected.Count == 0 ? "nothing" : string.Join(", ", command.Expected);
}
