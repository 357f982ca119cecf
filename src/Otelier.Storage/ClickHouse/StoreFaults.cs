using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse;

/// <summary>Says the engine's faults in the words of the store's contract.</summary>
internal static class StoreFaults
{
    public static StoreException Translate(ClickHouseException exception) => new(FaultOf(exception.Kind), exception.Message, exception);

    private static StoreFault FaultOf(ClickHouseErrorKind kind) => kind switch
    {
        ClickHouseErrorKind.Busy or ClickHouseErrorKind.Connection or ClickHouseErrorKind.Disk or ClickHouseErrorKind.Cancelled
            // Somebody has to change a password or a right; the statement itself is sound.
            or ClickHouseErrorKind.Access => StoreFault.Unavailable,
        ClickHouseErrorKind.Timeout => StoreFault.Timeout,
        ClickHouseErrorKind.MemoryLimit or ClickHouseErrorKind.TooManyRows => StoreFault.LimitExceeded,
        _ => StoreFault.Internal,
    };
}
