using System.CommandLine;
using Otelier.Cli.Verify;

namespace Otelier.Cli.Keys;

/// <summary><c>otelier keys revoke</c>.</summary>
internal sealed class RevokeKeyCommand : KeyCommand
{
    private readonly Argument<string> _id = new("id") { Description = "The key's id, from `otelier keys list`" };

    public RevokeKeyCommand()
        : base("revoke", "Revoke a key and every token given out for it, at once") => Add(_id);

    protected override async Task<string?> AskAsync(ApiClient api, ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var id = parsed.GetRequiredValue(_id);
        var answer = await api.DeleteAsync($"/api/v1/keys/{Uri.EscapeDataString(id)}", cancellationToken).ConfigureAwait(false);
        if (answer.Fault is null)
            await output.WriteLineAsync($"revoked {id}").ConfigureAwait(false);
        return answer.Fault;
    }
}
