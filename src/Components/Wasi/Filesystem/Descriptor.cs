using Microsoft.Win32.SafeHandles;

namespace ClawGrains.Components.Wasi.Filesystem;

/// <summary><c>descriptor</c>: an open file or directory with the rights it was opened with.</summary>
internal sealed class Descriptor : IDisposable
{
    private int _users = 1;
    private SafeFileHandle? _end;

    private Descriptor(SafeFileHandle handle, bool isDirectory, DescriptorRights rights)
    {
        Handle = handle;
        IsDirectory = isDirectory;
        Rights = rights;
    }

    public SafeFileHandle Handle { get; }

    public bool IsDirectory { get; }

    public DescriptorRights Rights { get; }

    /// <summary>The flags of <c>descriptor-flags</c> that make writes wait for the disk, as it was opened with them.</summary>
    public IReadOnlyList<string> Synchronous { get; private init; } = [];

    /// <summary>Whether it lies where changes are permitted, though it may have been opened for reading: its times can be set.</summary>
    public bool CanChange { get; private init; }

    /// <summary>The greatest size that a file may be given through this.</summary>
    public ulong MaxFileBytes { get; private init; }

    public static Descriptor OpenPreopen(string path, bool readOnly, long maxFileBytes = long.MaxValue)
    {
        if (!Posix.IsSupported) throw new PlatformNotSupportedException("WASI directories need Linux, whose handles confine paths free of races.");
        try
        {
            var rights = DescriptorRights.Read | (readOnly ? 0 : DescriptorRights.MutateDirectory | DescriptorRights.Write);
            return new Descriptor(Posix.Open(path, Posix.ReadOnly | Posix.Directory), true, rights) { MaxFileBytes = (ulong)maxFileBytes, CanChange = !readOnly };
        }
        catch (FilesystemException e)
        {
            throw new DirectoryNotFoundException($"The directory '{path}' cannot be opened for a component: {e.Code}.", e);
        }
    }

    /// <summary><c>open-at</c>.</summary>
    public Descriptor OpenAt(string path, bool follow, OpenOptions open, DescriptorRights rights)
    {
        RequireDirectory();
        var writes = open.Create || open.Truncate || (rights & (DescriptorRights.Write | DescriptorRights.MutateDirectory)) != 0;
        if (writes && !CanMutate) throw new FilesystemException(open.Create || open.Truncate || rights.HasFlag(DescriptorRights.Write) ? "not-permitted" : "read-only");
        using var target = PathResolver.Resolve(Handle, path, follow && !(open.Create && open.Exclusive));
        if (open.Create && target.MustBeDirectory) throw new FilesystemException("is-directory");
        var handle = Posix.OpenAt(target.Directory, target.Name, Flags(open, rights, target.MustBeDirectory));
        try
        {
            var isDirectory = Posix.StatAt(handle, "", Posix.EmptyPath).IsDirectory;
            if (isDirectory && rights.HasFlag(DescriptorRights.Write)) throw new FilesystemException("is-directory");
            if (isDirectory) rights = Rights & (rights | DescriptorRights.Read | DescriptorRights.MutateDirectory | DescriptorRights.Write);
            return new Descriptor(handle, isDirectory, rights) { MaxFileBytes = MaxFileBytes, CanChange = CanMutate, Synchronous = open.Synchronous ?? [] };
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static int Flags(OpenOptions open, DescriptorRights rights, bool mustBeDirectory)
    {
        var write = rights.HasFlag(DescriptorRights.Write);
        var read = rights.HasFlag(DescriptorRights.Read);
        var flags = Posix.NoFollow | Posix.NonBlocking;
        if (open.Directory || mustBeDirectory) return flags | Posix.Directory;
        flags |= write ? (read ? Posix.ReadWrite : Posix.WriteOnly) : Posix.ReadOnly;
        if (open.Create) flags |= Posix.Create;
        if (open.Exclusive) flags |= Posix.Exclusive;
        if (open.Truncate) flags |= Posix.Truncate;
        return flags | SyncFlags(open.Synchronous ?? []);
    }

    private static int SyncFlags(IReadOnlyList<string> synchronous) => synchronous switch
    {
        [] => 0,
        ["data-integrity-sync"] => Posix.DataSync,
        _ => Posix.FileSync,
    };

    public bool CanMutate => Rights.HasFlag(DescriptorRights.MutateDirectory);

    /// <summary>Resolves a path for a change of the directory that holds it.</summary>
    public PathResolver ToMutate(string path)
    {
        RequireDirectory();
        if (!CanMutate) throw new FilesystemException("read-only");
        return PathResolver.ResolveEntry(Handle, path);
    }

    public PathResolver ToRead(string path, bool follow)
    {
        RequireDirectory();
        return PathResolver.Resolve(Handle, path, follow);
    }

    public FileStat Stat() => Posix.StatAt(Handle, "", Posix.EmptyPath);

    public byte[] Read(ulong length, ulong offset)
    {
        Require(DescriptorRights.Read);
        var buffer = new byte[(int)Math.Min(length, 1 << 20)];
        var count = Guarded(() => RandomAccess.Read(Handle, buffer, (long)Math.Min(offset, long.MaxValue)));
        return count == buffer.Length ? buffer : buffer[..count];
    }

    public void Write(ReadOnlySpan<byte> bytes, ulong offset) => Write(Handle, bytes, offset);

    /// <summary>Writes at the end, which the system finds for itself: others may write there at the same time.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Require(DescriptorRights.Write);
        Write(_end ??= OpenEnd(), bytes, Stat().Size);
    }

    private SafeFileHandle OpenEnd()
    {
        try
        {
            return Posix.OpenAgain(Handle, Posix.WriteOnly | Posix.Append | Posix.NonBlocking | SyncFlags(Synchronous));
        }
        catch (FilesystemException)
        {
            // Without /proc, or with a file that can't be opened so again, the end is where it was a moment ago.
            return Handle;
        }
    }

    private void Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, ulong offset)
    {
        Require(DescriptorRights.Write);
        if (offset > MaxFileBytes || MaxFileBytes - offset < (ulong)bytes.Length) throw new FilesystemException("file-too-large");
        var copy = bytes.ToArray();
        Guarded(() =>
        {
            RandomAccess.Write(handle, copy, (long)offset);
            return 0;
        });
    }

    public void Require(DescriptorRights right, string otherwise = "not-permitted")
    {
        if (IsDirectory) throw new FilesystemException("is-directory");
        if (!Rights.HasFlag(right)) throw new FilesystemException(otherwise);
    }

    public void RequireDirectory()
    {
        if (!IsDirectory) throw new FilesystemException("not-directory");
    }

    /// <summary>.NET has the system's number in an <see cref="IOException"/>, and exceptions of their own for EBADF and EFBIG.</summary>
    private static int Guarded(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException)
        {
            throw new FilesystemException("bad-descriptor");
        }
        catch (IOException e)
        {
            throw new FilesystemException(Errno.Name(e.HResult));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new FilesystemException("file-too-large");
        }
    }

    /// <summary>One more user, who disposes in turn: a stream outlives the handle it was made from.</summary>
    public Descriptor Share()
    {
        _users++;
        return this;
    }

    public void Dispose()
    {
        if (--_users > 0) return;
        _end?.Dispose();
        Handle.Dispose();
    }
}

[Flags]
internal enum DescriptorRights
{
    None = 0,
    Read = 1,
    Write = 2,
    MutateDirectory = 4,
}

internal readonly record struct OpenOptions(bool Create, bool Directory, bool Exclusive, bool Truncate)
{
    /// <summary>See <see cref="Descriptor.Synchronous"/>; null for none.</summary>
    public IReadOnlyList<string>? Synchronous { get; init; }
}
