using Otelier.Cli.Otlp;

namespace Otelier.Cli.Demo;

/// <summary>How the shop's services call each other and their stores, with the attributes the semantic conventions give to each way.</summary>
internal static class Calls
{
    private const int GrpcPort = 8443, HttpPort = 8080, PostgresPort = 5432, RedisPort = 6379, KafkaPort = 9092;

    /// <summary>An HTTP request that comes from outside: a server span, the root of a trace.</summary>
    public static StagedSpan HttpServer(
        this TraceStage stage, ShopInstance instance, string method, string route, string path, Shopper shopper, Func<int> scene) =>
        stage.In(instance, $"{method} {route}", SpanKind.Server, ServerAttributes(method, route, path, "www.shop.example", 443, shopper.UserAgent), () =>
        {
            stage.Set("client.address", $"203.0.113.{stage.Random.Next(1, 255)}");
            stage.Set("user.id", shopper.UserId);
            stage.Set("session.id", shopper.SessionId);
            Status(stage, scene(), server: true);
        });

    /// <summary>An HTTP call between two services: a client span and a server span; gives the status code back.</summary>
    public static int Http(
        this TraceStage stage, ShopInstance to, string method, string route, string path, Func<int> scene)
    {
        var status = 0;
        var from = stage.Current.Instance;
        var url = $"http://{to.Service}.shop.svc:{HttpPort}{path}";
        stage.In(from, method, SpanKind.Client, new AttributeList
        {
            { "http.request.method", method },
            { "url.full", url },
            { "url.template", route },
            { "server.address", $"{to.Service}.shop.svc" },
            { "server.port", HttpPort },
            { "network.protocol.version", "1.1" },
        }, () =>
        {
            stage.Spend(0.4);
            stage.In(to, $"{method} {route}", SpanKind.Server, ServerAttributes(method, route, path, $"{to.Service}.shop.svc", HttpPort, $"{from.Service}/{from.Version}"), () =>
            {
                status = scene();
                Status(stage, status, server: true);
            });
            stage.Spend(0.3);
            Status(stage, status, server: false);
        });
        return status;
    }

    /// <summary>A gRPC call: a client span and a server span; gives the status code back.</summary>
    public static int Rpc(this TraceStage stage, ShopInstance to, string service, string method, Func<int> scene)
    {
        var status = 0;
        var name = $"{service}/{method}";
        stage.In(stage.Current.Instance, name, SpanKind.Client, RpcAttributes(to, service, method), () =>
        {
            stage.Spend(0.3);
            stage.In(to, name, SpanKind.Server, RpcAttributes(to, service, method), () =>
            {
                status = scene();
                RpcStatus(stage, status);
            });
            stage.Spend(0.2);
            RpcStatus(stage, status);
        });
        return status;
    }

    public static StagedSpan Postgres(this TraceStage stage, string operation, string table, string query, double millis, int rows) =>
        stage.In(stage.Current.Instance, $"{operation} {table}", SpanKind.Client, new AttributeList
        {
            { "db.system.name", "postgresql" },
            { "db.namespace", "shop" },
            { "db.operation.name", operation },
            { "db.collection.name", table },
            { "db.query.summary", $"{operation} {table}" },
            { "db.query.text", query },
            { "db.response.returned_rows", rows },
            { "server.address", "postgres.shop.svc" },
            { "server.port", PostgresPort },
        }, () => stage.Spend(millis));

    public static StagedSpan Redis(this TraceStage stage, string command, string key, double millis, Action? scene = null) =>
        stage.In(stage.Current.Instance, command, SpanKind.Client, new AttributeList
        {
            { "db.system.name", "redis" },
            { "db.operation.name", command },
            { "db.query.text", $"{command} {key}" },
            { "server.address", "redis.shop.svc" },
            { "server.port", RedisPort },
        }, () =>
        {
            stage.Spend(millis);
            scene?.Invoke();
        });

    /// <summary>Sends one message to Kafka and gives the link its consumers will carry.</summary>
    public static SpanLink Publish(this TraceStage stage, string topic, string key)
    {
        SpanLink link = null!;
        stage.In(stage.Current.Instance, $"send {topic}", SpanKind.Producer, Messaging(topic, "send", key, stage), () =>
        {
            stage.Spend(1.2);
            link = stage.LinkToCurrent(new AttributeList { { "messaging.message.id", key } });
        });
        return link;
    }

    /// <summary>Handles messages of a topic: a consumer span linked to whoever sent them.</summary>
    public static StagedSpan Consume(
        this TraceStage stage, ShopInstance instance, string topic, string group, IReadOnlyList<SpanLink> links, Action scene)
    {
        var attributes = Messaging(topic, "process", links.Count == 1 ? Key(links[0]) : null, stage);
        attributes.Set("messaging.consumer.group.name", group);
        if (links.Count > 1)
            attributes.Set("messaging.batch.message_count", links.Count);
        return stage.In(instance, $"process {topic}", SpanKind.Consumer, attributes, () =>
        {
            stage.Current.Span.Links.AddRange(links);
            scene();
        }, links.Count == 1 ? links[0] : null);
    }

    private static string? Key(SpanLink link) => link.Attributes.FindText("messaging.message.id");

    private static AttributeList Messaging(string topic, string operation, string? key, TraceStage stage)
    {
        var attributes = new AttributeList
        {
            { "messaging.system", "kafka" },
            { "messaging.destination.name", topic },
            { "messaging.operation.name", operation },
            { "messaging.operation.type", operation },
            { "messaging.destination.partition.id", $"{stage.Random.Next(6)}" },
            { "messaging.client.id", stage.Random.Next(2) == 0 ? "shop-a" : "shop-b" },
            { "server.address", "kafka.shop.svc" },
            { "server.port", KafkaPort },
        };
        if (key is not null)
        {
            attributes.Add("messaging.kafka.message.key", key);
            attributes.Add("messaging.kafka.offset", stage.Random.Next(1_000_000));
        }

        return attributes;
    }

    private static AttributeList ServerAttributes(string method, string route, string path, string host, int port, string userAgent) => new()
    {
        { "http.request.method", method },
        { "http.route", route },
        { "url.path", path },
        { "url.scheme", port == 443 ? "https" : "http" },
        { "server.address", host },
        { "server.port", port },
        { "network.protocol.version", port == 443 ? "2" : "1.1" },
        { "user_agent.original", userAgent },
    };

    private static AttributeList RpcAttributes(ShopInstance to, string service, string method) => new()
    {
        { "rpc.system.name", "grpc" },
        { "rpc.method", $"{service}/{method}" },
        { "server.address", $"{to.Service}.shop.svc" },
        { "server.port", GrpcPort },
    };

    private static void Status(TraceStage stage, int status, bool server)
    {
        stage.Set("http.response.status_code", status);
        if (status >= (server ? 500 : 400) && stage.Current.Span.Status != StatusCode.Error)
            stage.Fail("", $"{status}");
    }

    private static void RpcStatus(TraceStage stage, int status)
    {
        stage.Set("rpc.response.status_code", Rpcs.Name(status));
        if (status is not (Rpcs.Ok or Rpcs.NotFound) && stage.Current.Span.Status != StatusCode.Error)
            stage.Fail("", Rpcs.Name(status));
    }
}

/// <summary>The gRPC status codes that occur in the shop.</summary>
internal static class Rpcs
{
    public const int Ok = 0, NotFound = 5, Internal = 13, Unavailable = 14;

    public static string Name(int code) => code switch
    {
        Ok => "OK",
        NotFound => "NOT_FOUND",
        Unavailable => "UNAVAILABLE",
        _ => "INTERNAL",
    };
}
