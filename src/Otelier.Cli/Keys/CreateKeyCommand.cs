using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Otelier.Cli.CommandLine;
using Otelier.Cli.Verify;

namespace Otelier.Cli.Keys;

/// <summary><c>otelier keys create</c>: prints the key and nothing else, so that a script can take it.</summary>
internal sealed class CreateKeyCommand : KeyCommand
{
    private readonly Option<string> _name = new("--name") { Description = "What people call it", Required = true };

    private readonly InitialOption<string> _role = CheckedOption.Choice(
        "--role", "What it may do", "viewer", ("ingest", "ingest"), ("viewer", "viewer"), ("editor", "editor"), ("admin", "admin"));

    private readonly Option<string?> _tenant = new("--tenant") { Description = "Whose data it opens [default: that of the key in use]", HelpName = "name" };

    private readonly InitialOption<TimeSpan> _expires = CheckedOption.Duration(
        "--expires", "When it expires; 0 is never", "0s", TimeSpan.Zero, TimeSpan.FromDays(3650));

    public CreateKeyCommand()
        : base("create", "Make a key and print it; it is shown this once")
    {
        foreach (var option in (Option[])[_name, _role, _tenant, _expires])
            Add(option);
    }

    protected override async Task<string?> AskAsync(ApiClient api, ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var answer = await api.PostAsync("/api/v1/keys", Body(parsed), cancellationToken).ConfigureAwait(false);
        if (answer.Fault is not null)
            return answer.Fault;
        if (!answer.Body.TryGetProperty("key", out var key))
            return "the server's answer has no key";
        await output.WriteLineAsync(key.GetString()).ConfigureAwait(false);
        return null;
    }

    private string Body(ParseResult parsed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("name", parsed.GetRequiredValue(_name));
        json.WriteString("role", parsed.Read(_role));
        if (parsed.GetValue(_tenant) is { } tenant)
            json.WriteString("tenant", tenant);
        if (parsed.Read(_expires) is var life && life > TimeSpan.Zero)
            json.WriteString("expiresAt", (TimeProvider.System.GetUtcNow() + life).ToString("O", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
