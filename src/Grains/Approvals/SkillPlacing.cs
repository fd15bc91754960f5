using ClawGrains.Interfaces;
using ClawGrains.Skills.Packages;

namespace ClawGrains.Grains.Approvals;

/// <summary>Puts a skill that was looked at into the managed layer.</summary>
internal static class SkillPlacing
{
    /// <returns>The directory it is in.</returns>
    /// <exception cref="Contracts.PluginException">It could not be; the message says why.</exception>
    public static string Place(string path, string managedRoot, SkillReview review, TimeProvider time)
    {
        var options = new SkillInstallOptions
        {
            Replace = review.MayReplace,
            Origin = SkillReviewer.OriginOf(review.Source),
            Sha256 = review.Sha256,
            Permissions = [.. review.Asks.Select(a => $"{a.Kind} {a.Value}")],
            Time = time,
        };
        var result = SkillPackage.InstallFromDirectory(path, managedRoot, options);
        return result.Succeeded ? result.Directory! : throw SkillFailures.Of(review.Name, result);
    }
}
