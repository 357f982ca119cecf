using Otelier.Cli.Otlp;

namespace Otelier.Cli.Demo;

/// <summary>
/// Orders: cart, price, shipping, payment, then messages to the warehouse and to the mailer. From
/// <see cref="Shop.RolloutNanos"/> on, one card brand fails in the new payment version; nothing but attributes tells which.
/// </summary>
internal sealed class CheckoutScenes(Shop shop)
{
    private const double DeadlockChance = 0.03;
    private const int MailsPerBatch = 4;

    private readonly List<SpanLink> _waitingMails = [];

    public void Checkout(TraceStage stage)
    {
        var shopper = ShopStock.Someone(stage.Random);
        var order = $"o-{stage.Random.Next(10_000_000):00000000}";
        SpanLink? placed = null;
        stage.HttpServer(stage.Pick(shop.Frontend), "POST", "/checkout", "/checkout", shopper, () =>
            stage.Http(stage.Pick(shop.Gateway), "POST", "/api/checkout", "/api/checkout", () =>
                stage.Http(stage.Pick(shop.Checkout), "POST", "/orders", "/orders", () =>
                {
                    placed = PlaceOrder(stage, shopper, order);
                    return placed is null ? 500 : 201;
                })));
        if (placed is not null)
            Reserve(stage, order, placed);
    }

    /// <summary>The mailer takes several orders at once, in a trace of its own linked to all of them.</summary>
    public void SendMails(TraceStage stage)
    {
        if (_waitingMails.Count < MailsPerBatch)
            return;
        var batch = _waitingMails.Take(MailsPerBatch).ToArray();
        _waitingMails.RemoveRange(0, batch.Length);
        stage.Consume(shop.Email[0], "orders", "email", batch, () =>
        {
            for (var i = 0; i < batch.Length; i++)
                stage.In(shop.Email[0], "render confirmation", SpanKind.Internal, new AttributeList { { "app.mail.template", "order-confirmation" } }, () => stage.Spend(6));
            stage.In(shop.Email[0], "POST", SpanKind.Client, new AttributeList
            {
                { "http.request.method", "POST" },
                { "url.full", "https://mail.provider.example/v3/send" },
                { "server.address", "mail.provider.example" },
                { "server.port", 443 },
                { "http.response.status_code", 202 },
            }, () => stage.Spend(90));
            stage.Log(Severity.Info, $"Sent {batch.Length} order confirmations");
        });
    }

    private SpanLink? PlaceOrder(TraceStage stage, Shopper shopper, string order)
    {
        stage.Set("user.id", shopper.UserId);
        stage.Set("app.order.id", order);
        stage.Rpc(stage.Pick(shop.Cart), "shop.Cart", "GetCart", () =>
        {
            stage.Redis("HGETALL", $"cart:{shopper.UserId}", 0.8);
            return Rpcs.Ok;
        });

        var lines = stage.Random.Next(1, 5);
        var total = 0.0;
        for (var i = 0; i < lines; i++)
            total += stage.Pick(ShopStock.Products).PriceEuros;
        total = Math.Round(total, 2);
        stage.Set("app.order.lines", lines);
        stage.Set("app.order.total", total);
        Quote(stage, shopper);

        if (Charge(stage, shopper, order, total) != Rpcs.Ok)
        {
            stage.Fail("payment failed", "payment_failed");
            stage.Log(Severity.Error, $"Order {order} not placed: payment failed", new AttributeList { { "app.order.id", order }, { "user.id", shopper.UserId } });
            return null;
        }

        stage.Postgres("INSERT", "orders", "INSERT INTO orders (id, user_id, total, currency) VALUES ($1, $2, $3, $4)", 4, 0);
        var link = stage.Publish("orders", order);
        _waitingMails.Add(link);
        stage.Log(Severity.Info, $"Order {order} placed", new AttributeList
        {
            { "app.order.id", order },
            { "user.id", shopper.UserId },
            { "app.order.total", total },
            { "app.order.lines", lines },
        }, eventName: "shop.order.placed");
        return link;
    }

    /// <summary>Parcels to Australia are priced by a carrier that takes its time.</summary>
    private void Quote(TraceStage stage, Shopper shopper) => stage.Rpc(stage.Pick(shop.Shipping), "shop.Shipping", "GetQuote", () =>
    {
        stage.Set("app.shipping.country", shopper.Country);
        stage.In(stage.Current.Instance, "GET", SpanKind.Client, new AttributeList
        {
            { "http.request.method", "GET" },
            { "url.full", $"https://carrier.example/quote?country={shopper.Country}" },
            { "server.address", "carrier.example" },
            { "server.port", 443 },
            { "http.response.status_code", 200 },
        }, () => stage.Spend(shopper.Country == "AU" ? 900 : 35));
        return Rpcs.Ok;
    });

    private int Charge(TraceStage stage, Shopper shopper, string order, double total)
    {
        var payment = stage.Pick(shop.Payment(stage.Now));
        return stage.Rpc(payment, "shop.Payment", "Charge", () =>
        {
            stage.Set("app.order.id", order);
            stage.Set("app.payment.amount", total);
            stage.Set("app.payment.currency", "EUR");
            stage.Set("app.payment.card_brand", shopper.CardBrand);
            var broken = payment.Version == Shop.BadPaymentVersion && shopper.CardBrand == Shop.BrokenCardBrand;
            var outcome = broken ? "error" : "authorized";
            stage.In(payment, "authorize card", SpanKind.Internal, new AttributeList { { "app.payment.card_brand", shopper.CardBrand } }, () =>
            {
                stage.Spend(broken ? 8 : 70);
                if (broken)
                    stage.Throw("com.shop.payment.network.CardNetworkException", "cannot encode authorization request", StackTraces.JavaCardNetwork);
            });
            stage.Log(
                broken ? Severity.Error : Severity.Info,
                new AttributeList
                {
                    { "message", broken ? "charge failed" : "charge authorized" },
                    { "order", order },
                    { "amount", new AttributeList { { "value", total }, { "currency", "EUR" } } },
                    { "card", new AttributeList { { "brand", shopper.CardBrand }, { "last4", $"{stage.Random.Next(10_000):0000}" } } },
                },
                new AttributeList { { "app.order.id", order }, { "app.payment.outcome", outcome } },
                eventName: "shop.payment.charge");
            stage.Set("app.payment.outcome", outcome);
            return broken ? Rpcs.Internal : Rpcs.Ok;
        });
    }

    private void Reserve(TraceStage stage, string order, SpanLink placed)
    {
        stage.Spend(25);
        var worker = stage.Pick(shop.Warehouse);
        stage.Consume(worker, "orders", "warehouse", [placed], () =>
        {
            stage.Set("app.order.id", order);
            stage.Postgres("UPDATE", "stock", "UPDATE stock SET reserved = reserved + $1 WHERE product_id = $2 AND available >= $1", 5, 1);
            if (stage.Chance(DeadlockChance))
            {
                stage.Throw("psycopg.errors.DeadlockDetected", "deadlock detected", StackTraces.PythonStock);
                stage.Log(Severity.Error, $"Reservation for order {order} failed: deadlock detected", new AttributeList { { "app.order.id", order } });
                return;
            }

            stage.Log(Severity.Info, $"Reserved stock for order {order}", new AttributeList { { "app.order.id", order } });
        });
    }
}
