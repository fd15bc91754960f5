namespace ClawGrains.Skills.Sources;

/// <summary>The codes of what can be wrong with a source.</summary>
public static class SourceCodes
{
    /// <summary>The argument is none of the known forms.</summary>
    public const string Argument = "SOURCE_ARGUMENT";
    /// <summary>There is no such file, repository, reference or skill.</summary>
    public const string NotFound = "SOURCE_NOT_FOUND";
    /// <summary>It could not be reached or did not answer as it should.</summary>
    public const string Unavailable = "SOURCE_UNAVAILABLE";
    /// <summary>It is not allowed: plain http, a skill flagged by ClawHub, a link in a repository.</summary>
    public const string Refused = "SOURCE_REFUSED";
    /// <summary>The archive was refused.</summary>
    public const string Archive = "SOURCE_ARCHIVE";
    /// <summary>It holds no skill, or several.</summary>
    public const string Ambiguous = "SOURCE_AMBIGUOUS";
    /// <summary>A size or time limit is exceeded.</summary>
    public const string TooLarge = "SOURCE_TOO_LARGE";
    /// <summary>The content differs from what the source or the lock file says.</summary>
    public const string HashChanged = "SOURCE_HASH_CHANGED";
}
