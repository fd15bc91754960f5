using System.Text.Json;

namespace ClawGrains.Sandbox.Lifecycle;

/// <summary>A step that was begun: on disk from before its audit record until the lock file has it.</summary>
/// <param name="Id">Also in the audit record, and in the plugin's record once the step is taken.</param>
/// <param name="Step">What it is, <c>plugin.install</c> for example.</param>
/// <param name="Plugin">The plugin's id.</param>
internal sealed record BegunStep(string Id, string Step, string Plugin);

/// <summary>
/// The one step of a tenant that is being taken. Audit and lock file are two files: a process that ends between the two
/// leaves a record of a step that was not taken, and by this the next process knows to say so in the audit.
/// </summary>
internal sealed class StepJournal(string lockFile)
{
    private readonly string _path = lockFile + ".step";

    public void Begin(BegunStep step)
    {
        using var file = new FileStream(_path, FileMode.Create, FileAccess.Write);
        JsonSerializer.Serialize(file, step);
        file.Flush(flushToDisk: true);
    }

    public void End() => File.Delete(_path);

    /// <summary>What was begun and not ended; null where nothing was. One cut off in its writing had no audit record yet.</summary>
    public BegunStep? Read()
    {
        if (!File.Exists(_path)) return null;
        try
        {
            return JsonSerializer.Deserialize<BegunStep>(File.ReadAllBytes(_path));
        }
        catch (JsonException)
        {
            End();
            return null;
        }
    }
}
