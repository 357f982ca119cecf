using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Export;

/// <summary>
/// Gives memory that the engine has freed back to the system. Its allocator keeps such pages for five seconds; an export, which takes and frees
/// a window's buffers several times a second, holds some 40 MB of them.
/// </summary>
/// <param name="transport">The way to an engine in this process: what a server of its own keeps is not ours to decide.</param>
internal sealed class FreedMemory(IClickHouseTransport transport)
{
    private volatile bool _isSupported = true;

    /// <summary>Takes some milliseconds.</summary>
    public async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        if (!_isSupported)
            return;
        try
        {
            await transport.ExecuteAsync(SqlStatement.Unlimited("SYSTEM JEMALLOC PURGE"), cancellationToken).ConfigureAwait(false);
        }
        catch (ClickHouseException)
        {
            // An engine that was built with another allocator refuses. Exports work without.
            _isSupported = false;
        }
    }
}
