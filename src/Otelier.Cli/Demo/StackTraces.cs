namespace Otelier.Cli.Demo;

/// <summary>Stack traces in the manner of each service's language.</summary>
internal static class StackTraces
{
    public const string JavaCardNetwork =
        "\tat com.shop.payment.network.AmexMessageEncoder.encodeExpiry(AmexMessageEncoder.java:71)\n"
        + "\tat com.shop.payment.network.CardNetworkClient.authorize(CardNetworkClient.java:148)\n"
        + "\tat com.shop.payment.PaymentService.charge(PaymentService.java:93)\n"
        + "\tat com.shop.payment.grpc.PaymentGrpc$MethodHandlers.invoke(PaymentGrpc.java:412)\n"
        + "\tat java.base/java.lang.Thread.run(Thread.java:1583)\n"
        + "Caused by: java.lang.StringIndexOutOfBoundsException: begin 0, end 4, length 3\n"
        + "\tat java.base/java.lang.String.checkBoundsBeginEnd(String.java:4606)\n"
        + "\tat com.shop.payment.network.AmexMessageEncoder.encodeExpiry(AmexMessageEncoder.java:68)";

    public const string DotnetRedis =
        "   at StackExchange.Redis.ConnectionMultiplexer.ExecuteAsyncImpl(Message message)\n"
        + "   at Shop.Cart.Storage.RedisCartStore.GetAsync(String userId, CancellationToken ct) in /src/Storage/RedisCartStore.cs:line 57\n"
        + "   at Shop.Cart.CartService.GetCart(GetCartRequest request, ServerCallContext context) in /src/CartService.cs:line 31";

    public const string PythonTool =
        "Traceback (most recent call last):\n"
        + "  File \"/app/assistant/tools.py\", line 118, in execute\n    return await tool(**arguments)\n"
        + "  File \"/app/assistant/tools/orders.py\", line 42, in get_order_status\n    response = await client.get(url, timeout=2.0)\n"
        + "  File \"/usr/lib/python3.13/site-packages/httpx/_client.py\", line 1768, in get\n    raise ReadTimeout(message, request=request)\n"
        + "httpx.ReadTimeout: timed out after 2.0 s";

    public const string PythonStock =
        "Traceback (most recent call last):\n"
        + "  File \"/app/warehouse/worker.py\", line 77, in handle\n    reserve(cursor, line)\n"
        + "  File \"/app/warehouse/stock.py\", line 35, in reserve\n    raise DeadlockDetected(error)\n"
        + "psycopg.errors.DeadlockDetected: deadlock detected";
}
