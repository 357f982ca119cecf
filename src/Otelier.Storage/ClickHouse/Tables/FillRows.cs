using Otelier.Signals;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>Works out a column's values for all items of one part.</summary>
internal delegate void FillRows<TBatch, T>(BlockPart<TBatch> part, Span<T> rows)
    where TBatch : SignalBatch;
