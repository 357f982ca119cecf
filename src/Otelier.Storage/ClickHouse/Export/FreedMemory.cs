using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Export;

/// <summary>
/// Gives memory that the engine has freed back to the system. Its allocator keeps such pages for five seconds; an export, which takes and frees
/// a window's buffers several times a second, holds some 40 MB of them.
/// </summary>
/// <param name="transport">The way to an engine in this process: what a server of its own keeps is not ours to decide.</param>
internal sealed class FreedMemory(IClickHouseTransport transport)
{
    /// <summary>It takes some milliseconds, unless longer commands, such as a tenant's deletion, come first; an export does not wait for those.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromMilliseconds(200);

    private volatile bool _isSupported = true;
    private volatile Task _last = Task.CompletedTask;

    public async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        if (!_isSupported || !_last.IsCompleted)
            return;
        var purge = PurgeAsync();
        _last = purge;
        try
        {
            await purge.WaitAsync(WaitMax, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Its turn comes, and until then no other is asked for.
        }
    }

    private async Task PurgeAsync()
    {
        try
        {
            await transport.ExecuteAsync(SqlStatement.Unlimited("SYSTEM JEMALLOC PURGE"), CancellationToken.None).ConfigureAwait(false);
        }
        catch (ClickHouseException fault)
        {
            // An engine that was built with another allocator refuses, and exports work without. A busy one is asked again.
            _isSupported = fault.Kind == ClickHouseErrorKind.Busy;
        }
    }
}
