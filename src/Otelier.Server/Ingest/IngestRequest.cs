using Otelier.Signals;

namespace Otelier.Server.Ingest;

/// <summary>How an OTLP request's message is written. The numbers are written into the log and must not change.</summary>
internal enum OtlpEncoding : byte
{
    Protobuf = 0,
    Json = 1,
}

/// <summary>How the bytes were compressed for the way. The numbers are written into the log and must not change.</summary>
internal enum ContentCoding : byte
{
    Identity = 0,
    Gzip = 1,
    Deflate = 2,
}

/// <summary>One Export request, after authentication and size limits, before its message is looked at.</summary>
/// <param name="Signal">Which of the three services was called.</param>
/// <param name="Encoding">How the message is written.</param>
/// <param name="Coding">How <paramref name="Received"/> is compressed.</param>
/// <param name="Tenant">Whose telemetry it is, taken from the caller's key.</param>
/// <param name="Received">The message as it came, compressed as <paramref name="Coding"/> says: this goes into the log.</param>
/// <param name="Body">The message decompressed: this is decoded. The same memory as Received for Identity.</param>
internal readonly record struct IngestRequest(
    Signal Signal,
    OtlpEncoding Encoding,
    ContentCoding Coding,
    TenantId Tenant,
    ReadOnlyMemory<byte> Received,
    ReadOnlyMemory<byte> Body);
