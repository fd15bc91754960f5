using System.Buffers.Binary;
using System.Security.Cryptography;
using ClawGrains.Components.Wasi.Io;

namespace ClawGrains.Components.Wasi.Filesystem;

/// <summary><c>wasi:filesystem</c>.</summary>
internal static class FilesystemHost
{
    private static readonly HostResource DescriptorResource = new("descriptor", static target => (target as Descriptor)?.Dispose());
    private static readonly HostResource EntryStream = new("directory-entry-stream");

    public static void Add(WasiLinker wasi)
    {
        var types = wasi.Interface("wasi:filesystem/types").Resource("descriptor", DescriptorResource).Resource("directory-entry-stream", EntryStream);
        types.Resource("input-stream", IoHost.InputStream).Resource("output-stream", IoHost.OutputStream).Resource("error", IoHost.Error);
        types.Func("filesystem-error-code", (_, a) => ((StreamFailure)a[0].AsResource().Target).FilesystemCode is { } code ? ComponentValue.Some(ComponentValue.Enum(code)) : ComponentValue.None);
        types.Func("[method]directory-entry-stream.read-directory-entry", (_, a) =>
            ComponentValue.Ok(((Queue<ComponentValue>)a[0].AsResource().Target).TryDequeue(out var entry) ? ComponentValue.Some(entry) : ComponentValue.None));
        Files(types);
        Metadata(types);
        Directories(types);
        wasi.Interface("wasi:filesystem/preopens").Resource("descriptor", DescriptorResource)
            .Func("get-directories", (c, _) => ComponentValue.List([.. c.Context.Directories.Select(d =>
                ComponentValue.Tuple(c.Own(DescriptorResource, new Borrowed<Descriptor>(d.Descriptor)), ComponentValue.String(d.Name)))]));
    }

    private static void Files(WasiInterface types)
    {
        Method(types, "read-via-stream", (c, d, a) =>
        {
            d.Require(DescriptorRights.Read, "bad-descriptor");
            return c.Own(IoHost.InputStream, new FileInput(d.Share(), a[0].AsU64()));
        });
        Method(types, "write-via-stream", (c, d, a) =>
        {
            d.Require(DescriptorRights.Write, "bad-descriptor");
            return c.Own(IoHost.OutputStream, new FileOutput(d.Share(), a[0].AsU64()));
        });
        Method(types, "append-via-stream", (c, d, _) =>
        {
            d.Require(DescriptorRights.Write, "bad-descriptor");
            return c.Own(IoHost.OutputStream, new FileOutput(d.Share(), null));
        });
        Method(types, "read", (_, d, a) =>
        {
            var bytes = d.Read(a[0].AsU64(), a[1].AsU64());
            return ComponentValue.Tuple(ComponentValue.Bytes(bytes), ComponentValue.Bool(bytes.Length == 0 && a[0].AsU64() > 0));
        });
        Method(types, "write", (_, d, a) =>
        {
            d.Write(a[0].AsBytes(), a[1].AsU64());
            return ComponentValue.U64((ulong)a[0].AsBytes().Length);
        });
        Action(types, "set-size", (d, a) =>
        {
            d.Require(DescriptorRights.Write, d.CanChange ? "invalid" : "not-permitted");
            if (a[0].AsU64() > d.MaxFileBytes) throw new FilesystemException("file-too-large");
            Posix.Truncate64(d.Handle, (long)Math.Min(a[0].AsU64(), long.MaxValue));
        });
        Action(types, "advise", (d, _) => d.Require(DescriptorRights.None));
        Action(types, "sync", (d, _) => Posix.Sync(d.Handle, dataOnly: false));
        Action(types, "sync-data", (d, _) => Posix.Sync(d.Handle, dataOnly: true));
    }

    private static void Metadata(WasiInterface types)
    {
        Method(types, "get-flags", (_, d, _) => Rights(d));
        Method(types, "get-type", (_, d, _) => ComponentValue.Enum(d.Stat().Type));
        Method(types, "stat", (_, d, _) => Stat(d.Stat()));
        Method(types, "stat-at", (_, d, a) => Stat(StatAt(d, a)));
        Method(types, "metadata-hash", (_, d, _) => Hash(d.Stat()));
        Method(types, "metadata-hash-at", (_, d, a) => Hash(StatAt(d, a)));
        types.Func("[method]descriptor.is-same-object", (_, a) => ComponentValue.Bool(Identity(Of(a[0])) == Identity(Of(a[1]))));
        Action(types, "set-times", (d, a) =>
        {
            if (!d.CanChange) throw new FilesystemException("not-permitted");
            Posix.SetTimes(d.Handle, FileTimes.Of(a[0], a[1]));
        });
        Action(types, "set-times-at", (d, a) =>
        {
            if (!d.CanMutate) throw new FilesystemException("read-only");
            using var target = d.ToRead(a[1].AsString(), Follow(a[0]));
            Posix.SetTimesAt(target.Directory, target.Name, FileTimes.Of(a[2], a[3]));
        });
    }

    private static void Directories(WasiInterface types)
    {
        Method(types, "open-at", OpenAt);
        Method(types, "read-directory", (c, d, _) =>
        {
            d.RequireDirectory();
            return c.Own(EntryStream, new Queue<ComponentValue>(Posix.List(d.Handle).Select(Entry)));
        });
        Method(types, "readlink-at", (_, d, a) =>
        {
            using var target = d.ToRead(a[0].AsString(), follow: false);
            var content = Posix.TryReadLinkAt(target.Directory, target.Name) ?? throw new FilesystemException("invalid");
            return ComponentValue.String(content.StartsWith('/') ? throw new FilesystemException("not-permitted") : content);
        });
        Mutation(types, "create-directory-at", (t, _) => Posix.MakeDirectoryAt(t.Directory, t.Name));
        Mutation(types, "remove-directory-at", (t, _) => Posix.UnlinkAt(t.Directory, t.Name, Posix.RemoveDirectory));
        Mutation(types, "unlink-file-at", (t, _) => Posix.UnlinkAt(t.Directory, t.MustBeDirectory ? t.Name + "/" : t.Name, 0));
        Method(types, "symlink-at", (c, d, a) =>
        {
            c.Options.Files?.Invoke("symlink-at", a[1].AsString(), true);
            if (a[0].AsString().StartsWith('/')) throw new FilesystemException("not-permitted");
            using var target = d.ToMutate(a[1].AsString());
            Posix.SymlinkAt(a[0].AsString(), target.Directory, target.MustBeDirectory ? target.Name + "/" : target.Name);
            return null;
        });
        Method(types, "rename-at", (c, d, a) =>
        {
            c.Options.Files?.Invoke("rename-at", $"{a[0].AsString()} to {a[2].AsString()}", true);
            using var from = d.ToMutate(a[0].AsString());
            using var to = Of(a[1]).ToMutate(a[2].AsString());
            Posix.RenameAt(from.Directory, Slashed(from), to.Directory, Slashed(to));
            return null;
        });
        Action(types, "link-at", (d, a) =>
        {
            if (Follow(a[0])) throw new FilesystemException("invalid");
            using var from = d.ToMutate(a[1].AsString());
            using var to = Of(a[2]).ToMutate(a[3].AsString());
            Posix.LinkAt(from.Directory, from.Name, to.Directory, Slashed(to));
        });
    }

    private static string Slashed(PathResolver path) => path.MustBeDirectory && path.Name != "." ? path.Name + "/" : path.Name;

    private static ComponentValue? OpenAt(WasiCall call, Descriptor directory, ComponentValue[] arguments)
    {
        var open = arguments[2].AsFlags();
        var flags = arguments[3].AsFlags();
        var rights = (flags.Contains("read") ? DescriptorRights.Read : 0) | (flags.Contains("write") ? DescriptorRights.Write : 0)
            | (flags.Contains("mutate-directory") ? DescriptorRights.MutateDirectory : 0);
        var options = new OpenOptions(open.Contains("create"), open.Contains("directory"), open.Contains("exclusive"), open.Contains("truncate"))
        {
            Synchronous = flags.Where(f => f.EndsWith("-sync", StringComparison.Ordinal)).ToArray() is { Length: > 0 } sync ? sync : null,
        };
        call.Options.Files?.Invoke("open-at", arguments[1].AsString(), options.Create || options.Truncate || rights.HasFlag(DescriptorRights.Write));
        if (options.Directory && (options.Create || options.Exclusive || options.Truncate)) throw new FilesystemException("invalid");
        return call.Own(DescriptorResource, directory.OpenAt(arguments[1].AsString(), Follow(arguments[0]), options, rights));
    }

    private static FileStat StatAt(Descriptor directory, ComponentValue[] arguments)
    {
        using var target = directory.ToRead(arguments[1].AsString(), Follow(arguments[0]));
        var stat = Posix.StatAt(target.Directory, target.Name, Posix.NoFollowAt);
        return target.MustBeDirectory && !stat.IsDirectory ? throw new FilesystemException("not-directory") : stat;
    }

    private static bool Follow(ComponentValue pathFlags) => pathFlags.AsFlags().Contains("symlink-follow");

    private static (ulong, ulong) Identity(Descriptor descriptor) => descriptor.Stat() is var s ? (s.Device, s.Inode) : default;

    private static ComponentValue Entry((string Name, byte Type) entry) =>
        ComponentValue.Record(("type", ComponentValue.Enum(FileStat.TypeName(entry.Type))), ("name", ComponentValue.String(entry.Name)));

    private static ComponentValue Rights(Descriptor descriptor)
    {
        var flags = new List<string>(descriptor.Synchronous);
        if (descriptor.Rights.HasFlag(DescriptorRights.Read)) flags.Add("read");
        if (descriptor.Rights.HasFlag(DescriptorRights.Write) && !descriptor.IsDirectory) flags.Add("write");
        if (descriptor.CanMutate && descriptor.IsDirectory) flags.Add("mutate-directory");
        return ComponentValue.Flags([.. flags]);
    }

    private static ComponentValue Stat(FileStat stat) => ComponentValue.Record(
        ("type", ComponentValue.Enum(stat.Type)), ("link-count", ComponentValue.U64(stat.Links)), ("size", ComponentValue.U64(stat.Size)),
        ("data-access-timestamp", Time(stat.Access)), ("data-modification-timestamp", Time(stat.Modification)), ("status-change-timestamp", Time(stat.Change)));

    private static ComponentValue Time((ulong Seconds, uint Nanoseconds) time) => ComponentValue.Some(ClocksHost.Datetime(time.Seconds, time.Nanoseconds));

    private static ComponentValue Hash(FileStat stat)
    {
        var input = new byte[48];
        BinaryPrimitives.WriteUInt64LittleEndian(input, stat.Device);
        BinaryPrimitives.WriteUInt64LittleEndian(input.AsSpan(8), stat.Inode);
        BinaryPrimitives.WriteUInt64LittleEndian(input.AsSpan(16), stat.Size);
        BinaryPrimitives.WriteUInt64LittleEndian(input.AsSpan(24), stat.Modification.Seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(input.AsSpan(32), stat.Modification.Nanoseconds);
        var hash = SHA256.HashData(input);
        return ComponentValue.Record(
            ("lower", ComponentValue.U64(BinaryPrimitives.ReadUInt64LittleEndian(hash))), ("upper", ComponentValue.U64(BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(8)))));
    }

    private static Descriptor Of(ComponentValue handle) => handle.AsResource().Target switch
    {
        Borrowed<Descriptor> shared => shared.Target,
        var own => (Descriptor)own,
    };

    /// <summary>A method whose failures are its result's error.</summary>
    private static void Method(WasiInterface types, string name, Func<WasiCall, Descriptor, ComponentValue[], ComponentValue?> method) =>
        types.Func($"[method]descriptor.{name}", (call, arguments) =>
        {
            try
            {
                return ComponentValue.Ok(method(call, Of(arguments[0]), arguments[1..].ToArray()));
            }
            catch (FilesystemException e)
            {
                return ComponentValue.Error(ComponentValue.Enum(e.Code));
            }
        });

    private static void Action(WasiInterface types, string name, Action<Descriptor, ComponentValue[]> action) => Method(types, name, (_, d, a) =>
    {
        action(d, a);
        return null;
    });

    /// <summary>A change of the directory that holds the path given first.</summary>
    private static void Mutation(WasiInterface types, string name, Action<PathResolver, ComponentValue[]> action) => Method(types, name, (c, d, a) =>
    {
        c.Options.Files?.Invoke(name, a[0].AsString(), true);
        using var target = d.ToMutate(a[0].AsString());
        action(target, a);
        return null;
    });
}

/// <summary><c>new-timestamp</c> as the pair of times that <c>utimensat</c> takes.</summary>
internal static class FileTimes
{
    private const long Now = (1L << 30) - 1, Omit = (1L << 30) - 2;

    public static long[] Of(ComponentValue access, ComponentValue modification)
    {
        var ((a, b), (c, d)) = (Pair(access), Pair(modification));
        return [a, b, c, d];
    }

    private static (long, long) Pair(ComponentValue timestamp) => timestamp.Case switch
    {
        "no-change" => (0, Omit),
        "now" => (0, Now),
        _ => Of(timestamp.CasePayload!.Value),
    };

    /// <summary>The numbers that mean now or no change to the system are no nanoseconds.</summary>
    private static (long, long) Of(ComponentValue datetime)
    {
        var (seconds, nanoseconds) = (datetime["seconds"].AsU64(), datetime["nanoseconds"].AsU32());
        return nanoseconds < 1_000_000_000 && seconds <= long.MaxValue ? ((long)seconds, nanoseconds) : throw new FilesystemException("invalid");
    }
}
