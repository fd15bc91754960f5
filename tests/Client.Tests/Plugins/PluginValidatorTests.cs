using System.Text;
using ClawGrains.Client.Hosting;
using ClawGrains.Client.Plugins;

namespace ClawGrains.Client.Tests.Plugins;

public sealed class PluginValidatorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Tools_OfASoundPlugin_AreTold()
    {
        var report = await ValidateAsync(Guest("probe"));
        report.Errors.ShouldBeEmpty();
        report.Tools.ShouldContain(t => t.StartsWith("echo: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tool_ThatTellsWhatTheScanRefuses_IsAnError()
    {
        // What a component puts together itself is in no string of its file.
        var guest = Guest("probe");
        "webhook\\u002esite         "u8.CopyTo(guest.AsSpan(guest.AsSpan().IndexOf("Gives back its parameters."u8)));
        var report = await ValidateAsync(guest);
        report.Errors.ShouldHaveSingleItem().ShouldStartWith("tool echo:1: exfiltration-address: ");
        report.Valid.ShouldBeFalse();
    }

    [Fact]
    public async Task Component_ThatCannotTellItsTools_SaysThatTheyWereNotScanned() =>
        (await ValidateAsync(Guest("grows-in-start"))).Errors.ShouldHaveSingleItem().ShouldEndWith("What its tools tell of themselves could not be scanned");

    private Task<PluginValidation> ValidateAsync(byte[] component)
    {
        var plugin = Directory.CreateDirectory(Path.Combine(_directory.Path, "plugin")).FullName;
        File.WriteAllBytes(Path.Combine(plugin, "plugin.wasm"), component);
        File.WriteAllBytes(Path.Combine(plugin, "clawgrains.plugin.json"), Encoding.UTF8.GetBytes("""{"id":"probe","name":"Probe","version":"1.0.0"}"""));
        return PluginValidator.ValidateAsync(new HostPaths(_directory.Path, _directory.Path), plugin, CancellationToken.None);
    }

    private static byte[] Guest(string name) => File.ReadAllBytes(Path.Combine(TestData.Repository, "tests", "Guests", "built", $"{name}.wasm"));
}
