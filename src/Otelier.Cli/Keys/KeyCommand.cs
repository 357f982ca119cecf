using System.CommandLine;
using Otelier.Cli.CommandLine;
using Otelier.Cli.Verify;

namespace Otelier.Cli.Keys;

/// <summary>What the commands about keys have in common: where the API is, with which key, and how a fault is told.</summary>
internal abstract class KeyCommand : Command
{
    private readonly Option<Uri?> _api = CheckedOption.HttpUrl("--api", "Where the server's API is [default: http://127.0.0.1:4300]");
    private readonly Option<string?> _key = CheckedOption.ApiKey();

    protected KeyCommand(string name, string description)
        : base(name, description)
    {
        Add(_api);
        Add(_key);
        SetAction(RunAsync);
    }

    /// <summary>Asks the API and prints its answer.</summary>
    /// <returns>What went wrong, or <see langword="null"/>.</returns>
    protected abstract Task<string?> AskAsync(ApiClient api, ParseResult parsed, TextWriter output, CancellationToken cancellationToken);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var api = new ApiClient(parsed.GetValue(_api) ?? new Uri("http://127.0.0.1:4300"), parsed.ReadKey(_key));
        var fault = await AskAsync(api, parsed, parsed.InvocationConfiguration.Output, cancellationToken).ConfigureAwait(false);
        if (fault is null)
            return ExitCode.Success;
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"otelier: {fault}").ConfigureAwait(false);
        return ExitCode.Failure;
    }
}
