using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>The engine's errors in the words of the store's contract.</summary>
internal static class StoreFaults
{
    /// <summary>The message is for people and tells nothing of the statement; what the engine said is the inner exception.</summary>
    public static StoreException From(ClickHouseException e) => e.Kind switch
    {
        ClickHouseErrorKind.Timeout => new(StoreFault.Timeout, "The query took longer than it may.", e),
        ClickHouseErrorKind.MemoryLimit => new(StoreFault.LimitExceeded, "The query needed more memory than it may use.", e),
        ClickHouseErrorKind.TooManyRows => new(StoreFault.LimitExceeded, "The query read more rows than it may.", e),
        ClickHouseErrorKind.Busy => new(StoreFault.Unavailable, "The store has too much to do.", e),
        ClickHouseErrorKind.Connection or ClickHouseErrorKind.Disk => new(StoreFault.Unavailable, "The store cannot be reached.", e),
        _ => new(StoreFault.Internal, "The store refused a query.", e),
    };
}
