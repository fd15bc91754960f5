using System.Security.Cryptography;
using System.Text;
using ClawGrains.Skills.Discovery;
using ClawGrains.Skills.Parsing;

namespace ClawGrains.Grains.Catalog.Store;

/// <summary>Puts versions of skills into a content store, and takes them out again.</summary>
internal sealed class VersionKeeper(IContentStore store)
{
    /// <summary>Larger files stay where they lie, and a version of the past is without them. 2 MiB.</summary>
    private const int MaxKeptBytes = 2 << 20;

    /// <summary>Keeps a version: its text, its list of files, and the files.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Keep(DiscoveredSkill skill)
    {
        var tree = skill.Tree;
        if (store.Has(tree.Revision)) return;
        store.Put(skill.Document.ContentHash, skill.Document.Source.Span);
        if (store.KeepsFiles)
            foreach (var file in tree.Files)
                if (file.IsHashed && file.Length <= MaxKeptBytes && file.Path != SkillTreeFile.Skill) KeepFile(Path.Combine(skill.Document.BaseDirectory, file.Path), file.Sha256, file.Length);
        // Last, so that a revision that is there is there as a whole.
        store.Put(tree.Revision, Encoding.UTF8.GetBytes(tree.Text));
    }

    /// <summary>A version of the skill at a path; null where it is not kept.</summary>
    public DiscoveredSkill? Find(ArchivedSkill skill)
    {
        if (TreeOf(skill.Revision) is not { } tree) return null;
        if (tree.Files.FirstOrDefault(f => f.Path == SkillTreeFile.Skill) is not { } text || store.Get(text.Sha256) is not { } source) return null;
        var document = SkillParser.Parse(source, skill.Path);
        return document.IsValid ? new DiscoveredSkill(document, skill.Layer, skill.Root) { Tree = tree } : null;
    }

    /// <summary>The hashes of what a version consists of.</summary>
    public IEnumerable<string> HashesOf(string revision) => [revision, .. TreeOf(revision)?.Files.Select(f => f.Sha256) ?? []];

    private SkillTree? TreeOf(string revision) =>
        store.Get(revision) is { } text ? SkillTree.TryParse(Encoding.UTF8.GetString(text)) : null;

    private void KeepFile(string path, string sha256, long length)
    {
        if (store.Has(sha256)) return;
        try
        {
            // What has no length may be a pipe, and reading one could wait for ever.
            var content = length == 0 ? [] : File.ReadAllBytes(path);
            if (Convert.ToHexStringLower(SHA256.HashData(content)) == sha256) store.Put(sha256, content);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // It changed since it was hashed: the version that follows has it.
            return;
        }
    }
}
