namespace ClawGrains.EndToEnd.Tests.Command;

/// <summary>
/// How to start a program that the modes of files bind. Root passes them by a capability, so as root the program is
/// started without it; any other user never had it.
/// </summary>
internal static class Unprivileged
{
    public const string Program = "setpriv";

    public static string[] Prefix { get; } =
        Environment.IsPrivilegedProcess ? [Program, "--bounding-set=-dac_override,-dac_read_search"] : [];
}
