using System.Diagnostics;
using System.Text.Json;
using ClawGrains.Wasm.Spec.Reporting;
using ClawGrains.Wasm.Spec.Script;

namespace ClawGrains.Wasm.Spec.Running;

/// <summary>Runs one script from its first command to its last, whatever each of them does.</summary>
internal sealed class ScriptRunner : IDisposable
{
    private readonly ScriptState _state;
    private readonly Assertions _assertions;
    private readonly FileReport _report;

    private ScriptRunner(Engine engine, SpecScript script, FileReport report)
    {
        _report = report;
        _state = new ScriptState(engine, script.Folder);
        _assertions = new Assertions(_state, report.Notes);
    }

    public static FileReport RunFile(string path, EngineOptions options)
    {
        try
        {
            var script = ScriptReader.Read(path);
            return script is null ? new FileReport(path, Path.GetFileName(path)) : Run(script, path, options);
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException)
        {
            return FileReport.Broken(path, e.Message);
        }
    }

    public void Dispose() => _state.Dispose();

    private static FileReport Run(SpecScript script, string path, EngineOptions options)
    {
        var clock = Stopwatch.StartNew();
        var report = new FileReport(path, script.Source);
        using var engine = new Engine(options);
        using (var runner = new ScriptRunner(engine, script, report))
            foreach (var command in script.Commands) report.Add(runner.Run(command));
        report.Seconds = clock.Elapsed.TotalSeconds;
        return report;
    }

    private Outcome Run(SpecCommand command)
    {
        try
        {
            Execute(command);
            return new Outcome(command.Type, command.Line, Verdict.Passed);
        }
        catch (SkipException e)
        {
            return new Outcome(command.Type, command.Line, Verdict.Skipped, e.Message);
        }
        catch (MismatchException e)
        {
            return new Outcome(command.Type, command.Line, Verdict.Failed, e.Message);
        }
#pragma warning disable CA1031 // Whatever the engine throws is this command's failure, and the next one runs.
        catch (Exception e)
        {
            return new Outcome(command.Type, command.Line, Verdict.Failed, Describe(e));
        }
#pragma warning restore CA1031
    }

    private void Execute(SpecCommand command)
    {
        switch (command.Type)
        {
            case "module": Module(command); break;
            case "module_definition": Define(command); break;
            case "module_instance": Instantiate(command); break;
            case "register": _state.Register(command.As ?? "", command.Name); break;
            case "action": _assertions.Invoke(command); break;
            case "assert_return": _assertions.Return(command); break;
            case "assert_trap": _assertions.Trap(command); break;
            case "assert_exhaustion": _assertions.Exhaustion(command); break;
            case "assert_invalid": _assertions.Invalid(command); break;
            case "assert_malformed": _assertions.Malformed(command); break;
            case "assert_unlinkable": _assertions.Unlinkable(command); break;
            case "assert_uninstantiable": _assertions.Uninstantiable(command); break;
            case "assert_malformed_custom" or "assert_invalid_custom":
                throw new SkipException("contents of custom sections are not checked");
            case "assert_exception": _assertions.Exception(command); break;
            case "assert_suspension": throw new SkipException("unsupported: the stack-switching proposal");
            default: throw new SkipException($"unknown command {command.Type}");
        }
    }

    private void Module(SpecCommand command)
    {
        _state.AddInstance(command.Name, () => _state.Instantiate(_state.CompileSupported(command)));
        _state.Instance(command.Name);
    }

    private void Define(SpecCommand command)
    {
        _state.AddDefinition(command.Name, () => _state.CompileSupported(command));
        _state.Definition(command.Name);
    }

    private void Instantiate(SpecCommand command)
    {
        _state.AddInstance(command.Name, () => _state.Instantiate(_state.Definition(command.Module)));
        _state.Instance(command.Name);
    }

    private static string Describe(Exception e) => e is WasmException
        ? $"{e.GetType().Name}: {e.Message}"
        : $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
}
