using ClawGrains.Contracts;
using ClawGrains.Sandbox.Packages;

namespace ClawGrains.Sandbox.Tests.Packages;

public sealed class PackageStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("changed")]
    [InlineData("added")]
    [InlineData("taken out")]
    [InlineData("made a link")]
    [InlineData("all gone")]
    public void PackageWhoseFilesWereChanged_IsRefused_UntilItIsKeptAgain(string how)
    {
        var store = new PackageStore(_directory.Path);
        var package = PluginPackage.Of([new("a.txt", [1]), new("b/c.txt", [2])], new PackageLimits());
        store.Add(package);
        Damage(Path.Combine(_directory.Path, package.Hash), how);

        Should.Throw<PluginException>(() => store.Get(package.Hash));
        store.Add(package);
        store.Get(package.Hash).Files["b/c.txt"].ShouldBe([2]);
        store.Hashes.ShouldBe([package.Hash]);
    }

    private static void Damage(string place, string how)
    {
        var file = Path.Combine(place, "a.txt");
        switch (how)
        {
            case "changed": File.WriteAllBytes(file, [3]); break;
            case "added": File.WriteAllBytes(Path.Combine(place, "d.txt"), [3]); break;
            case "all gone": Directory.Delete(place, recursive: true); break;
            default:
                File.Delete(file);
                if (how == "made a link") File.CreateSymbolicLink(file, "/etc/hostname");
                break;
        }
    }
}
