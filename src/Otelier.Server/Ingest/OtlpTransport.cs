namespace Otelier.Server.Ingest;

internal enum OtlpTransport
{
    Http = 0,
    Grpc,
}
