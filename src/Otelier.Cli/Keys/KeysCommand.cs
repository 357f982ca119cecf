using System.CommandLine;

namespace Otelier.Cli.Keys;

/// <summary><c>otelier keys</c>.</summary>
internal sealed class KeysCommand : Command
{
    public KeysCommand()
        : base("keys", "Make, list and revoke API keys")
    {
        Add(new CreateKeyCommand());
        Add(new ListKeysCommand());
        Add(new RevokeKeyCommand());
    }
}
