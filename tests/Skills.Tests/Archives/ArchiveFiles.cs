using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ClawGrains.Skills.Tests.Archives;

/// <summary>Makes archives, honest and hostile.</summary>
internal static class ArchiveFiles
{
    public static string Zip(TemporaryDirectory directory, Action<ZipArchive> fill, string name = "a.zip")
    {
        var path = Path.Combine(directory.Path, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        fill(zip);
        return path;
    }

    public static string Tar(TemporaryDirectory directory, Action<TarWriter> fill, TarEntryFormat format = TarEntryFormat.Pax)
    {
        var path = Path.Combine(directory.Path, "a.tar");
        using var writer = new TarWriter(File.Create(path), format, leaveOpen: false);
        fill(writer);
        return path;
    }

    public static string Gzip(string path)
    {
        var packed = path + ".gz";
        using var source = File.OpenRead(path);
        using var target = new GZipStream(File.Create(packed), CompressionLevel.Optimal);
        source.CopyTo(target);
        return packed;
    }

    public static ZipArchiveEntry Add(this ZipArchive zip, string name, string content = "x", int unixMode = 0)
    {
        var entry = zip.CreateEntry(name);
        if (unixMode != 0) entry.ExternalAttributes = unixMode << 16;
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
        return entry;
    }

    public static void Add(this TarWriter tar, string name, string content = "x", UnixFileMode mode = UnixFileMode.UserRead) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)), Mode = mode });

    public static void AddSpecial(this TarWriter tar, TarEntryType type, string name, string link = "")
    {
        var entry = new PaxTarEntry(type, name);
        if (link.Length > 0) entry.LinkName = link;
        tar.WriteEntry(entry);
    }
}
