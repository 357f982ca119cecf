using System.Globalization;

namespace Otelier.Cli.Load;

/// <summary>The words load data is made of. Sizes and variety follow what instrumented services send.</summary>
internal static class LoadVocabulary
{
    public static readonly string[] Services =
    [
        "storefront", "edge-gateway", "orders", "basket", "payments", "stock", "search-index", "pricing", "accounts", "delivery",
        "notifications", "recommendations",
    ];

    public static readonly string[] Nouns =
        ["orders", "items", "customers", "payments", "shipments", "invoices", "offers", "reviews", "sessions", "addresses"];

    public static readonly string[] Actions =
        ["", "/status", "/history", "/lines", "/refunds", "/labels", "/totals", "/notes", "/events", "/audit", "/tags", "/links"];

    public static readonly string[] Plans = ["free", "basic", "professional", "enterprise"];

    public static readonly string[] Methods = ["GET", "GET", "GET", "POST", "PUT", "DELETE"];

    public static readonly int[] StatusCodes = [200, 200, 200, 200, 200, 201, 204, 304, 404, 409];

    public static readonly string[] Regions = ["eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-south-1"];

    public static readonly string[] Agents =
    [
        "Mozilla/5.0 (X11; Linux x86_64) Firefox/142.0", "Mozilla/5.0 (iPhone; iOS 19_1) Safari/605.1.15",
        "Mozilla/5.0 (Windows NT 10.0) Chrome/141.0.0.0", "okhttp/5.1.0", "ShopApp/7.3.1 (Android 16; Pixel 9)", "curl/8.15.0",
    ];

    public static readonly string[] Loggers =
    [
        "shop.orders.OrderService", "shop.payments.CardGateway", "shop.stock.Reservations", "shop.http.AccessLog",
        "shop.basket.BasketStore", "shop.delivery.RoutePlanner", "shop.accounts.LoginHandler", "shop.jobs.Scheduler",
    ];

    /// <summary>Log bodies; the run of eight <c>#</c> becomes a number that differs in every record.</summary>
    public static readonly string[] Bodies =
    [
        "Order ######## accepted, 3 lines reserved in warehouse north",
        "Payment for order ######## authorised by the acquirer in one attempt",
        "Cache entry product:######## expired, loading from the database",
        "Slow query on table stock_levels finished after ######## microseconds",
        "User session ######## opened from a known device",
        "Retrying delivery of message ######## to topic shipments, attempt 2",
        "Basket ######## merged with the basket of the signed-in customer",
        "Connection pool has handed out ######## connections since start",
        "Request ######## completed with 200 OK",
        "Invoice ######## rendered and stored, sending it to the customer",
        "Rate limiter let request ######## pass, 41 tokens left in the bucket",
        "Feature flag new-checkout evaluated to true for customer ########",
        "Address check of shipment ######## found no differences",
        "Scheduler started job reindex-products as run ########",
        "Search for customer ######## returned 24 of 1310 products",
        "Price of item ######## recalculated after a change of the tax table",
    ];

    public static readonly (string Name, string Unit)[] Metrics =
    [
        ("process.cpu.utilization", "1"), ("http.server.request.count", "{request}"), ("jvm.memory.used", "By"),
        ("http.server.response.bytes", "By"), ("db.client.connection.count", "{connection}"), ("db.client.operation.count", "{operation}"),
        ("queue.depth", "{message}"), ("messaging.client.sent.messages", "{message}"), ("system.memory.utilization", "1"),
        ("cache.hits", "{hit}"), ("thread.pool.active", "{thread}"), ("cache.misses", "{miss}"), ("disk.queue.length", "{operation}"),
        ("disk.written.bytes", "By"), ("tls.session.count", "{session}"), ("net.packets.sent", "{packet}"), ("gc.pause.last", "ms"),
        ("gc.collections", "{collection}"), ("stock.level", "{piece}"), ("orders.placed", "{order}"),
    ];

    public const string StackTrace =
        "shop.payments.CardDeclined: the acquirer answered 05\n\tat shop.payments.CardGateway.authorise(CardGateway.java:212)\n"
        + "\tat shop.payments.PaymentService.pay(PaymentService.java:88)\n\tat shop.http.Router.dispatch(Router.java:147)\n"
        + "\tat shop.http.Worker.run(Worker.java:61)\n\tat java.base/java.lang.Thread.run(Thread.java:1583)";

    /// <summary>Ten attributes of one running instance of a service.</summary>
    public static void Resource(PatchableMessage message, string service, int instance, LoadOptions options)
    {
        var number = instance.ToString(CultureInfo.InvariantCulture);
        message.Open();
        message.Attribute(1, "service.name", service);
        message.Attribute(1, "service.version", $"4.{instance % 7}.{instance % 3}");
        message.Attribute(1, "service.instance.id", $"{service}-{instance * 2654435761L % 0xFFFFFFFF:x8}");
        message.Attribute(1, "deployment.environment.name", "production");
        message.Attribute(1, "host.name", $"node-{instance % 24:00}.cluster-a.internal");
        message.Attribute(1, "k8s.namespace.name", "shop");
        message.Attribute(1, "k8s.pod.name", $"{service}-6d5f8c7b9-{number}");
        message.Attribute(1, "k8s.node.name", $"node-{instance % 24:00}");
        message.Attribute(1, "telemetry.sdk.language", "java");
        message.Attribute(1, "cloud.region", Regions[instance % Regions.Length]);
        if (options.Numbered)
            message.Attribute(1, "otelier.load.run", options.RunId.ToString("x16", CultureInfo.InvariantCulture));
        message.Close(1);
    }

    public static T Pick<T>(this Random random, T[] choices) => choices[random.Next(choices.Length)];
}
