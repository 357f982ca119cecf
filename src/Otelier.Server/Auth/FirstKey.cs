using Otelier.Server.Http;
using Otelier.Signals;

namespace Otelier.Server.Auth;

/// <summary>Where a key is required, somebody has to have the first one.</summary>
internal sealed class FirstKey(KeyRing keys, OtelierOptions options)
{
    /// <summary>
    /// Makes an admin key and prints it, once, where keys are required and no admin key of the default tenant works. To the console and
    /// not to the log, which is read by more people and kept for longer.
    /// </summary>
    public async Task PrintIfNeededAsync(TextWriter console, CancellationToken cancellationToken)
    {
        if (options.Auth.Mode != AuthMode.Required || keys.HasOperator())
            return;
        if (await keys.CreateAsync(TenantId.Default, "first admin", Role.Admin, expiresAt: null, createdBy: "first start", cancellationToken) is not (_, var secret))
            throw new InvalidOperationException("The default tenant has as many keys as it may and no admin's among them.");
        await console.WriteLineAsync($"A key is required and there was no admin's yet. This one is shown now and never again:\n\n    {secret}\n");
    }
}
