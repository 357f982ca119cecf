using System.Threading.Channels;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>A query whose blocks go to one reader, a few blocks ahead of it.</summary>
internal sealed class QueryWork(SqlStatement statement, CancellationToken caller, CancellationToken stopping)
    : EngineWork(statement, caller, stopping)
{
    /// <summary>Blocks read ahead of the caller: about a megabyte each.</summary>
    private const int BlocksAheadMax = 4;

    /// <summary>How long a caller may sit on a full read-ahead before the query is given up and its connection taken back.</summary>
    private static readonly TimeSpan ReaderPauseMax = TimeSpan.FromSeconds(30);

    // Bounded by _room; a bounded channel would make the lane's thread wait on a task.
    private readonly Channel<NativeBlock> _blocks = Channel.CreateUnbounded<NativeBlock>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly SemaphoreSlim _room = new(BlocksAheadMax);

    internal ChannelReader<NativeBlock> Blocks => _blocks.Reader;

    /// <summary>The reader has taken a block.</summary>
    internal void Taken() => _room.Release();

    internal override void Fail(Exception exception) => _blocks.Writer.TryComplete(exception);

    protected override void Run(EngineLane lane)
    {
        using var query = lane.Connection.Query(Statement.Text, Statement.Parameters);
        try
        {
            while (query.Fetch(Statement.Meter) is { } chunk)
                Publish(chunk);
        }
        catch (Exception e) when (e is not ClickHouseException)
        {
            Kill();
            throw;
        }

        _blocks.Writer.TryComplete();
    }

    private void Publish(byte[] chunk)
    {
        var reader = new NativeBlockReader(chunk);
        while (reader.Read() is { } block)
        {
            if (block.RowCount == 0)
                continue;
            if (!_room.Wait(ReaderPauseMax, Cancelled))
                throw new ClickHouseException(0, "", ClickHouseErrorKind.Timeout, "The query's answer was not read for too long.");
            _blocks.Writer.TryWrite(block);
        }
    }
}
