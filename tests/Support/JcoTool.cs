namespace ClawGrains.Support;

/// <summary>The component tools of the Bytecode Alliance, as <c>jco</c> carries them; installed when first needed.</summary>
public static class JcoTool
{
    private const string Script = """
        const { componentWit, print } = await import('@bytecodealliance/jco-transpile/wasm-tools');
        const { readFileSync } = await import('node:fs');
        const bytes = readFileSync(process.argv[1]);
        console.log(await componentWit(bytes));
        if ((await print(bytes)).length === 0) throw new Error('nothing printed');
        """;

    private static string Folder => Path.Combine(TestData.Repository, "samples", "plugins", "assemblyscript");

    /// <summary>Has a component decoded and validated; gives its world.</summary>
    public static async Task<string> WitAsync(string component)
    {
        await NpmModules.InstallAsync(Folder);
        return await ToolProcess.SucceedAsync(Folder, "node", "--input-type=module", "-e", Script, component);
    }
}
