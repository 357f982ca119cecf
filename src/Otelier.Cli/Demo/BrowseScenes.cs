using Otelier.Cli.Otlp;

namespace Otelier.Cli.Demo;

/// <summary>Visitors look around, search and fill their carts.</summary>
internal sealed class BrowseScenes(Shop shop)
{
    private const double SlowSearchChance = 0.25, CartTimeoutChance = 0.02, UnknownProductChance = 0.03;

    public void Home(TraceStage stage)
    {
        var shopper = ShopStock.Someone(stage.Random);
        stage.HttpServer(stage.Pick(shop.Frontend), "GET", "/", "/", shopper, () =>
        {
            stage.Spend(2);
            var status = stage.Http(stage.Pick(shop.Gateway), "GET", "/api/products", "/api/products", () =>
            {
                stage.Spend(0.5);
                stage.Rpc(stage.Pick(shop.Catalog), "shop.Catalog", "ListProducts", () =>
                {
                    stage.Redis("GET", "catalog:front-page", 0.6);
                    if (stage.Chance(0.2))
                        stage.Postgres("SELECT", "products", "SELECT id, name, price FROM products WHERE featured ORDER BY rank LIMIT $1", 7, 12);
                    return Rpcs.Ok;
                });
                return 200;
            });
            stage.Spend(4);
            return status;
        });
    }

    public void ProductPage(TraceStage stage)
    {
        var shopper = ShopStock.Someone(stage.Random);
        var product = stage.Pick(ShopStock.Products);
        var id = stage.Chance(UnknownProductChance) ? "P-9999" : product.Id;
        stage.HttpServer(stage.Pick(shop.Frontend), "GET", "/products/{id}", $"/products/{id}", shopper, () =>
        {
            stage.Spend(1.5);
            return stage.Http(stage.Pick(shop.Gateway), "GET", "/api/products/{id}", $"/api/products/{id}", () =>
            {
                stage.Spend(0.4);
                return GetProduct(stage, id) == Rpcs.Ok ? 200 : 404;
            });
        });
    }

    /// <summary>Looks one product up; the catalogue asks Redis first.</summary>
    public int GetProduct(TraceStage stage, string id) => stage.Rpc(stage.Pick(shop.Catalog), "shop.Catalog", "GetProduct", () =>
    {
        stage.Set("app.product.id", id);
        stage.Redis("GET", $"product:{id}", 0.5);
        if (id == "P-9999")
        {
            stage.Postgres("SELECT", "products", "SELECT * FROM products WHERE id = $1", 2.5, 0);
            stage.Log(Severity.Warn, $"Product {id} does not exist", new AttributeList { { "app.product.id", id } });
            return Rpcs.NotFound;
        }

        if (stage.Chance(0.3))
        {
            stage.Log(Severity.Debug, $"Cache miss for product {id}", new AttributeList { { "app.product.id", id } });
            stage.Postgres("SELECT", "products", "SELECT * FROM products WHERE id = $1", 3, 1);
            stage.Redis("SET", $"product:{id}", 0.5);
        }

        return Rpcs.Ok;
    });

    /// <summary>A search in the garden category has no index to use and reads the whole table.</summary>
    public void Search(TraceStage stage)
    {
        var shopper = ShopStock.Someone(stage.Random);
        var category = stage.Pick(ShopStock.Categories);
        var slow = category == "garden" || stage.Chance(SlowSearchChance / 10);
        stage.HttpServer(stage.Pick(shop.Frontend), "GET", "/search", "/search", shopper, () =>
        {
            stage.Set("url.query", $"category={category}&sort=price");
            return stage.Http(stage.Pick(shop.Gateway), "GET", "/api/search", "/api/search", () =>
            {
                stage.Rpc(stage.Pick(shop.Catalog), "shop.Catalog", "SearchProducts", () =>
                {
                    stage.Set("app.search.category", category);
                    var found = stage.Random.Next(3, 40);
                    stage.Postgres(
                        "SELECT", "products",
                        slow
                            ? "SELECT id, name, price FROM products WHERE lower(attributes->>'category') = $1 ORDER BY price"
                            : "SELECT id, name, price FROM products WHERE category = $1 ORDER BY price",
                        slow ? 1400 : 9, found);
                    stage.Set("app.search.results", found);
                    if (slow)
                        stage.Log(Severity.Warn, $"Slow query on products for category {category}: sequential scan of 2400000 rows", new AttributeList
                        {
                            { "db.collection.name", "products" },
                            { "app.search.category", category },
                        });
                    return Rpcs.Ok;
                });
                return 200;
            });
        });
    }

    public void AddToCart(TraceStage stage)
    {
        var shopper = ShopStock.Someone(stage.Random);
        var product = stage.Pick(ShopStock.Products);
        stage.HttpServer(stage.Pick(shop.Frontend), "POST", "/cart", "/cart", shopper, () =>
            stage.Http(stage.Pick(shop.Gateway), "POST", "/api/cart/items", "/api/cart/items", () =>
            {
                if (GetProduct(stage, product.Id) != Rpcs.Ok)
                    return 404;
                var status = stage.Rpc(stage.Pick(shop.Cart), "shop.Cart", "AddItem", () => AddItem(stage, shopper, product));
                return status == Rpcs.Ok ? 201 : 503;
            }));
    }

    private static int AddItem(TraceStage stage, Shopper shopper, Product product)
    {
        var quantity = stage.Random.Next(1, 4);
        stage.Set("user.id", shopper.UserId);
        stage.Set("app.product.id", product.Id);
        stage.Set("app.cart.quantity", quantity);
        if (stage.Chance(CartTimeoutChance))
        {
            stage.Redis("HSET", $"cart:{shopper.UserId}", 2000, () => stage.Throw(
                "StackExchange.Redis.RedisTimeoutException", "Timeout performing HSET (2000ms), inst: 0, qu: 41", StackTraces.DotnetRedis));
            stage.Log(Severity.Error, $"Cart of {shopper.UserId} could not be stored: Redis did not answer within 2000 ms", new AttributeList
            {
                { "user.id", shopper.UserId },
                { "exception.type", "StackExchange.Redis.RedisTimeoutException" },
            });
            return Rpcs.Unavailable;
        }

        stage.Redis("HSET", $"cart:{shopper.UserId}", 0.7);
        stage.Log(Severity.Info, $"Added {quantity} x {product.Id} to the cart of {shopper.UserId}", new AttributeList
        {
            { "user.id", shopper.UserId },
            { "app.product.id", product.Id },
            { "app.cart.quantity", quantity },
        });
        return Rpcs.Ok;
    }
}
