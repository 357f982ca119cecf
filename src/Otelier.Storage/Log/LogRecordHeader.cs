using Otelier.Signals;

namespace Otelier.Storage.Log;

/// <summary>What is known of a request beside its bytes; enough to decode and attribute it after a restart.</summary>
/// <param name="Signal">Which of the three signals; decides the tail that delivers the record.</param>
/// <param name="Encoding">How the message is written; the log keeps the number and gives it no meaning.</param>
/// <param name="Coding">How the payload is compressed; the log keeps the number and gives it no meaning.</param>
/// <param name="Tenant">Whose telemetry it is.</param>
/// <param name="ReceivedUnixNano">When the request was received, nanoseconds since 1970-01-01 UTC.</param>
/// <param name="Items">How many spans, log records or data points were accepted of it.</param>
public readonly record struct LogRecordHeader(
    Signal Signal,
    byte Encoding,
    byte Coding,
    TenantId Tenant,
    long ReceivedUnixNano,
    int Items);
