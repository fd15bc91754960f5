using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace ClawGrains.Skills.Tests.Sources;

/// <summary>A git server of this machine: repositories below a directory, served over HTTP by git's own <c>http-backend</c>.</summary>
internal sealed class GitServer : IAsyncDisposable
{
    private readonly string _root;
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public GitServer(string root)
    {
        _root = Directory.CreateDirectory(root).FullName;
        Uri = FakeWeb.Listen(_listener);
        _loop = Task.Run(RunAsync);
    }

    public Uri Uri { get; }

    /// <summary>What was asked, as <c>METHOD PATH</c>.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Commits files to <c>OWNER/REPOSITORY</c>, which is made where there is none; null takes a file away.</summary>
    /// <returns>The commit.</returns>
    public async Task<string> CommitAsync(string repository, params (string Path, string? Content)[] files)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_root, repository)).FullName;
        if (!Directory.Exists(Path.Combine(directory, ".git")))
        {
            await GitAsync(directory, "init", "-q");
            await GitAsync(directory, "config", "uploadpack.allowFilter", "true");
            await GitAsync(directory, "config", "uploadpack.allowAnySHA1InWant", "true");
        }
        foreach (var (path, content) in files) Write(Path.Combine(directory, path), content);
        await GitAsync(directory, "add", "-A");
        await GitAsync(directory, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "change");
        return (await GitAsync(directory, "rev-parse", "HEAD")).Trim();
    }

    /// <summary>Runs git in a repository.</summary>
    public Task<string> RunAsync(string repository, params string[] arguments) => GitAsync(Path.Combine(_root, repository), arguments);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    private static void Write(string path, string? content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (content is null) File.Delete(path);
        else File.WriteAllText(path, content);
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        lock (Asked) Asked.Add($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}");
        using var process = Process.Start(Backend(context.Request))!;
        var answer = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(answer);
        await context.Request.InputStream.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();
        Send(context.Response, answer.ToArray());
    }

    // RFC 3875: the request in variables and standard input, the answer with its headers on standard output.
    private ProcessStartInfo Backend(HttpListenerRequest request)
    {
        var start = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["GIT_PROJECT_ROOT"] = _root;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_PROTOCOL"] = request.Headers["Git-Protocol"] ?? "";
        start.Environment["PATH_INFO"] = Inner(request.Url!.AbsolutePath);
        start.Environment["QUERY_STRING"] = request.Url.Query.TrimStart('?');
        start.Environment["REQUEST_METHOD"] = request.HttpMethod;
        start.Environment["CONTENT_TYPE"] = request.ContentType ?? "";
        start.Environment["CONTENT_LENGTH"] = request.ContentLength64 < 0 ? "" : request.ContentLength64.ToString(CultureInfo.InvariantCulture);
        start.Environment["HTTP_CONTENT_ENCODING"] = request.Headers["Content-Encoding"] ?? "";
        start.Environment["REMOTE_ADDR"] = "127.0.0.1";
        return start;
    }

    // The repositories have work trees, as tests commit to them.
    private static string Inner(string path) => path.Split('/') is ["", var owner, var name, .. var rest] ? $"/{owner}/{name}/.git/{string.Join('/', rest)}" : path;

    private static void Send(HttpListenerResponse response, byte[] answer)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var header in Encoding.ASCII.GetString(answer, 0, end).Split("\r\n"))
            if (header.Split(": ", 2) is [var name, var value]) Set(response, name, value);
        response.ContentLength64 = answer.Length - end - 4;
        response.OutputStream.Write(answer.AsSpan(end + 4));
        response.Close();
    }

    private static void Set(HttpListenerResponse response, string name, string value)
    {
        if (name == "Status") response.StatusCode = int.Parse(value[..3], CultureInfo.InvariantCulture);
        else if (name == "Content-Type") response.ContentType = value;
        else if (name != "Content-Length") response.AddHeader(name, value);
    }

    /// <summary>Runs git in a directory, without the settings of whoever runs the tests; gives what it prints.</summary>
    public static async Task<string> GitAsync(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, string.Join(' ', arguments));
        return output;
    }
}
