using System.Collections.Immutable;
using System.Security.Cryptography;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Skills;

/// <summary>Reads the files of a version: from where they are kept, else from where they lie.</summary>
internal class SkillContents(ContentStores stores)
{
    /// <summary>The greatest number of files of one skill that are listed.</summary>
    public const int MaxFiles = ClawGrains.Skills.Discovery.SkillTree.MaxFiles;

    /// <summary>The files of a version, each with its hash.</summary>
    /// <exception cref="PluginException">There are more than <see cref="MaxFiles"/>.</exception>
    public virtual Task<ImmutableArray<SkillFile>> ListAsync(SkillVersion version, CancellationToken cancellationToken)
    {
        if (version.Files.Length > MaxFiles)
            throw new PluginException(new PluginError(PluginErrorKind.ResourceExhausted,
                $"The skill has more than {MaxFiles} files; the rest can't be listed.", ExhaustedResource.Size));
        return version.Files.All(f => f.Sha256.Length > 0)
            ? Task.FromResult(version.Files)
            : Task.Run(() => version.Files.Select(f => f.Sha256.Length > 0 ? f : Hashed(version, f, cancellationToken)).ToImmutableArray(), cancellationToken);
    }

    /// <summary>The content of one file of a version; null where it has none of that path.</summary>
    /// <exception cref="PluginException">The file is larger than <see cref="SkillFile.MaxReadBytes"/>.</exception>
    public virtual async Task<ImmutableArray<byte>?> ReadAsync(TenantId tenant, SkillVersion version, string path, CancellationToken cancellationToken)
    {
        if (version.Files.FirstOrDefault(f => f.Path == path) is not { } file) return null;
        if (file.Size > SkillFile.MaxReadBytes)
            throw new PluginException(new PluginError(PluginErrorKind.ResourceExhausted,
                $"{path} has {file.Size} bytes; at most {SkillFile.MaxReadBytes} are read.", ExhaustedResource.Size));
        if (file.Size == 0) return [];
        var store = stores.Of(tenant);
        return await Task.Run(() => file.Sha256.Length > 0 ? store.Get(file.Sha256) : null, cancellationToken) is { } kept
            ? ImmutableArray.Create(kept)
            : await SkillDirectory.ReadAsync(version.Directory, path, cancellationToken);
    }

    private static SkillFile Hashed(SkillVersion version, SkillFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var content = File.OpenRead(Path.Combine(version.Directory, file.Path));
            return file with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Listed without a hash: whoever reads it is told why it can't be.
            return file;
        }
    }
}
