using System.CommandLine;
using System.Text.Json;
using Otelier.Cli.Verify;

namespace Otelier.Cli.Keys;

/// <summary><c>otelier keys list</c>: a line per key.</summary>
internal sealed class ListKeysCommand : KeyCommand
{
    private readonly Option<string?> _tenant = new("--tenant") { Description = "Whose keys [default: those of the key in use]", HelpName = "name" };

    public ListKeysCommand()
        : base("list", "List the keys there are; never the keys themselves") => Add(_tenant);

    protected override async Task<string?> AskAsync(ApiClient api, ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(_tenant) is { } tenant ? ApiClient.Path("/api/v1/keys", ("tenant", tenant)) : "/api/v1/keys";
        var answer = await api.GetAsync(path, cancellationToken).ConfigureAwait(false);
        if (answer.Fault is not null)
            return answer.Fault;
        await output.WriteLineAsync($"{"ID",-18}{"ROLE",-8}{"TENANT",-16}{"LAST USED",-22}{"STATE",-32}NAME").ConfigureAwait(false);
        foreach (var key in answer.Body.GetProperty("keys").EnumerateArray())
        {
            var line = $"{Text(key, "id"),-18}{Text(key, "role"),-8}{Text(key, "tenant"),-16}{Time(key, "lastUsedAt") ?? "never",-22}{State(key),-32}{Text(key, "name")}";
            await output.WriteLineAsync(Plain(line)).ConfigureAwait(false);
        }

        return null;
    }

    private static string State(JsonElement key)
    {
        if (Time(key, "revokedAt") is { } revoked)
            return $"revoked {revoked}";
        return Time(key, "expiresAt") is { } expires ? $"until {expires}" : "active";
    }

    private static string? Text(JsonElement key, string name) => key.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string? Time(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.TryGetDateTimeOffset(out var time) ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null) : null;

    /// <summary>Names are other people's text: nothing in them may speak to the terminal.</summary>
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '�' : c));
}
