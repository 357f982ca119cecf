namespace Otelier.Cli.Export;

/// <summary>The ways OTLP travels, named as OTEL_EXPORTER_OTLP_PROTOCOL names them.</summary>
internal enum OtlpProtocol
{
    HttpProtobuf,
    HttpJson,
    Grpc,
}

internal static class OtlpProtocolNames
{
    public static readonly string[] All = ["http/protobuf", "http/json", "grpc"];

    public static string Name(this OtlpProtocol protocol) => All[(int)protocol];

    /// <summary>Reads a protocol's name; "http" is the protobuf one. Null when it is none.</summary>
    public static OtlpProtocol? Parse(string name) => name switch
    {
        "http/protobuf" or "http" => OtlpProtocol.HttpProtobuf,
        "http/json" => OtlpProtocol.HttpJson,
        "grpc" => OtlpProtocol.Grpc,
        _ => null,
    };

    /// <summary>Where Otelier listens for it unless told otherwise.</summary>
    public static Uri DefaultEndpoint(this OtlpProtocol protocol) =>
        new(protocol == OtlpProtocol.Grpc ? "http://127.0.0.1:4317" : "http://127.0.0.1:4318");
}
