using System.Globalization;
using System.Text.Json;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Sandbox.Autogen;

/// <summary>
/// Writes the module that makes the calls. It checks the caller's JSON, takes the parameters out of it, puts the arguments of
/// each call together and gathers the results; the first call that fails ends it.
/// </summary>
internal sealed class SequenceGuest
{
    /// <summary>The instance and the name that the lowered <c>call-tool</c> is imported under.</summary>
    public const string Host = "host", CallTool = "call-tool";

    /// <summary>The instance that holds memory.</summary>
    public const string Environment = "env";

    /// <summary>The names of the exports.</summary>
    public const string Init = "init", Execute = "execute-tool", Describe = "describe";

    // Below StaticData.Start: where call-tool and the exports put their results (canonical ABI, "storing": a byte for the
    // case, its payload at the next multiple of four).
    private const int Answer = 16, Result = 48, Case = 0, Payload = 4;
    private static readonly string[] Errors = ["not permitted", "not found", "invalid arguments", "resource exhausted", "failed"];

    private readonly CoreModule _module = new();
    private readonly StaticData _data = new();
    private readonly int _call;
    private readonly JsonGuest _json;
    private readonly OutputGuest _output;
    private readonly int _fail;

    private SequenceGuest()
    {
        _call = _module.ImportFunction(Host, CallTool, 5, 0);
        var realloc = _module.ImportFunction(Environment, MemoryGuest.Realloc, 4, 1);
        (_json, _output) = (new JsonGuest(_module, _data), new OutputGuest(_module, _data, realloc));
        _fail = _module.Declare(1);
        _module.Define(_fail, c => Return(c, isError: true));
    }

    /// <returns>The module, and the first address behind its texts.</returns>
    public static (byte[] Module, int End) Write(ToolSequencePlan plan, string description)
    {
        var guest = new SequenceGuest();
        guest.Export(Init, 0, c => c.Const(Result).Const(0).StoreByte(Case).Const(Result));
        guest.Export(Describe, 0, c => guest.WriteDescribe(c, description));
        guest.Export(Execute, 4, c => guest.WriteExecute(c, plan));
        guest._module.ImportMemory(Environment, MemoryGuest.Memory, MemoryGuest.Pages(guest._data.End));
        guest._module.Data(StaticData.Start, guest._data.Bytes);
        return (guest._module.ToArray(), guest._data.End);
    }

    private void Export(string name, int parameters, Action<CoreCode> body)
    {
        var function = _module.Declare(parameters);
        _module.Define(function, body);
        _module.ExportFunction(name, function);
    }

    private void WriteDescribe(CoreCode c, string description)
    {
        var text = _data.Text(description);
        c.Const(Result).Const(text.At).Store().Const(Result).Const(text.Length).Store(4).Const(Result);
    }

    private void WriteExecute(CoreCode c, ToolSequencePlan plan)
    {
        const int Name = 0, NameLength = 1, Json = 2, Length = 3;
        var end = c.Local();
        var values = plan.Parameters.Select(_ => (Start: c.Local(), End: c.Local())).ToArray();
        c.Const(0).GlobalSet(_output.Length);
        CheckName(c, plan.Name, Name, NameLength);
        c.Get(Json).Get(Length).Add().Set(end);
        CheckObject(c, Json, end);
        for (var i = 0; i < values.Length; i++) Take(c, plan.Parameters[i].Name, (Json, end), values[i]);
        Append(c, "{\"steps\":[");
        for (var i = 0; i < plan.Calls.Length; i++) Call(c, plan.Calls[i], i, values);
        Append(c, "]}");
        Return(c, isError: false);
    }

    private void CheckName(CoreCode c, string name, int at, int length)
    {
        var wanted = _data.Text(name);
        void Refuse() => Fail(c, $"there is one tool only: {name}");
        c.Get(length).Const(wanted.Length).Ne().If(Refuse);
        c.Get(at).Const(wanted.At).Const(wanted.Length).Call(_json.Equal).Not().If(Refuse);
    }

    private void CheckObject(CoreCode c, int json, int end)
    {
        var at = c.Local();
        void Refuse() => Fail(c, "the arguments are not a JSON object");
        c.Get(json).Get(end).Const(JsonGuest.MaxDepth).Call(_json.Value).Tee(at).Const(JsonGuest.Bad).Eq().If(Refuse);
        c.Get(at).Get(end).Call(_json.Space).Get(end).Ne().If(Refuse);
        c.Get(json).Get(end).Call(_json.Space).LoadByte().Const('{').Ne().If(Refuse);
    }

    private void Take(CoreCode c, string name, (int Start, int End) json, (int Start, int End) value)
    {
        var key = _data.Text(name);
        c.Get(json.Start).Get(json.End).Const(key.At).Const(key.Length).Call(_json.Find).Tee(value.Start).Not().If(() => Fail(c, $"the argument '{name}' is missing"));
        c.GlobalGet(_json.FoundEnd).Set(value.End);
    }

    // The arguments are put together behind the results so far, and taken away again when the call has been made.
    private void Call(CoreCode c, PlannedCall call, int step, (int Start, int End)[] values)
    {
        var mark = c.Local();
        var tool = _data.Text(call.Tool);
        c.GlobalGet(_output.Length).Set(mark);
        foreach (var piece in call.Arguments)
            if (piece.Text is { } text) Append(c, text);
            else c.Get(values[piece.Parameter].Start).Get(values[piece.Parameter].End).Get(values[piece.Parameter].Start).Sub().Call(_output.Append);
        c.Const(tool.At).Const(tool.Length);
        c.GlobalGet(_output.Start).Get(mark).Add().GlobalGet(_output.Length).Get(mark).Sub().Const(Answer).Call(_call);
        c.Get(mark).GlobalSet(_output.Length);
        c.Const(Answer).LoadByte(Case).If(() => FailCall(c, call.Tool, step));
        Append(c, $"{(step > 0 ? "," : "")}{{\"tool\":{JsonSerializer.Serialize(call.Tool, ToolJson.Options)},\"result\":");
        AppendResult(c);
        Append(c, "}");
    }

    // A result that is JSON stays what it is; any other text becomes a string.
    private void AppendResult(CoreCode c)
    {
        var (at, end, after) = (c.Local(), c.Local(), c.Local());
        c.Const(Answer).Load(Payload).Tee(at).Const(Answer).Load(Payload + 4).Add().Set(end);
        c.Get(at).Get(end).Const(JsonGuest.MaxDepth).Call(_json.Value).Set(after);
        c.Get(after).Const(JsonGuest.Bad).Ne().If(() => c.Get(after).Get(end).Call(_json.Space).Set(after));
        c.Get(after).Get(end).Eq().If(
            () => c.Get(at).Get(end).Get(at).Sub().Call(_output.Append),
            () => c.Get(at).Get(end).Get(at).Sub().Call(_output.Quote));
    }

    // The error is a variant whose five cases all carry a text: its case at the payload, the text four bytes on.
    private void FailCall(CoreCode c, string tool, int step)
    {
        c.Const(0).GlobalSet(_output.Length);
        Append(c, string.Create(CultureInfo.InvariantCulture, $"step {step + 1}, {tool}: "));
        for (var i = 0; i < Errors.Length; i++)
        {
            var error = Errors[i];
            c.Const(Answer).LoadByte(Payload).Const(i).Eq().If(() => Append(c, $"{error}: "));
        }
        c.Const(Answer).Load(Payload + 4).Const(Answer).Load(Payload + 8).Call(_output.Append);
        c.Const(0).Call(_fail).Return();
    }

    private void Fail(CoreCode c, string message)
    {
        c.Const(0).GlobalSet(_output.Length);
        Append(c, message);
        c.Const(0).Call(_fail).Return();
    }

    private void Return(CoreCode c, bool isError)
    {
        c.Const(Result).Const(isError ? 1 : 0).StoreByte(Case);
        c.Const(Result).GlobalGet(_output.Start).Store(Payload);
        c.Const(Result).GlobalGet(_output.Length).Store(Payload + 4);
        c.Const(Result);
    }

    private void Append(CoreCode c, string text) => _output.AppendText(c, _data.Text(text));
}
