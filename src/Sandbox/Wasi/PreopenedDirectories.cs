using System.Globalization;
using ClawGrains.Components.Wasi;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Files;
using ClawGrains.Sandbox.Permissions;
using Microsoft.Win32.SafeHandles;

namespace ClawGrains.Sandbox.Wasi;

/// <summary>
/// The permitted directories of a call, opened from the workspace's handle without following a link. A permitted file
/// is none: WASI opens files below directories alone.
/// </summary>
internal sealed class PreopenedDirectories : IDisposable
{
    private readonly List<SafeFileHandle> _handles = [];
    private readonly List<WasiDirectory> _directories = [];

    /// <summary>Each under <c>/</c> and its path in the workspace.</summary>
    public IReadOnlyList<WasiDirectory> Directories => _directories;

    public static PreopenedDirectories Open(CallScope scope)
    {
        var opened = new PreopenedDirectories();
        if (!OperatingSystem.IsLinux()) return opened;
        foreach (var text in scope.Permissions.Filesystem)
            if (FilePattern.TryParse(text, out var pattern) && !pattern.Path.StartsWith('/')) opened.Add(scope.Workspace, pattern);
        return opened;
    }

    public void Dispose()
    {
        foreach (var handle in _handles) handle.Dispose();
    }

    private void Add(string workspace, FilePattern pattern)
    {
        var at = LinuxFiles.OpenRoot(workspace);
        foreach (var part in pattern.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = LinuxFiles.OpenDirectory(at, part, out var why);
            if (next is null && why == LinuxFiles.NotFound && !pattern.ReadOnly && LinuxFiles.MakeDirectory(at, part)) next = LinuxFiles.OpenDirectory(at, part, out _);
            at.Dispose();
            if (next is null) return;
            at = next;
        }
        _handles.Add(at);
        // The name of the handle, which leads to the very directory that was reached.
        var place = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{at.DangerousGetHandle()}");
        _directories.Add(new WasiDirectory(place, "/" + pattern.Path, pattern.ReadOnly));
    }
}
