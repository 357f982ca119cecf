using Otelier.Signals;
using Otelier.Storage;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Benchmarks.Decode;

/// <summary>A table that a signal's blocks go to, and how many of a block's rows it takes.</summary>
internal sealed record BlockTable<TBatch>(Table<Block<TBatch>> Table, Func<Block<TBatch>, int> Rows)
    where TBatch : SignalBatch;
