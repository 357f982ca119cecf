using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Signals.Traces;

namespace Otelier.Storage;

/// <summary>
/// Gives all matching rows, however many, while they are read and in memory that does not grow with their number. Ending the
/// enumeration or cancelling stops the work in the store too. Faults of the store, also midway, are thrown as <see cref="StoreException"/>.
/// </summary>
public interface IExportStore
{
    /// <summary>Spans, newest first.</summary>
    IAsyncEnumerable<Span> StreamSpansAsync(ExportQuery query, CancellationToken cancellationToken);

    /// <summary>Log records, newest first.</summary>
    IAsyncEnumerable<LogRecord> StreamLogsAsync(ExportQuery query, CancellationToken cancellationToken);
}
