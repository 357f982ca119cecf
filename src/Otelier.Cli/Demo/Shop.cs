namespace Otelier.Cli.Demo;

/// <summary>
/// The cast of the demo: the services of a web shop and their pods. The payment service is replaced by a faulty version at
/// <see cref="RolloutNanos"/>, which is the riddle the demo sets.
/// </summary>
internal sealed class Shop
{
    public const string GoodPaymentVersion = "2.4.0";
    public const string BadPaymentVersion = "2.4.1";

    /// <summary>The card brand that <see cref="BadPaymentVersion"/> cannot handle.</summary>
    public const string BrokenCardBrand = "amex";

    private readonly ShopInstance[] _newPayment;

    public Shop(Random random, ulong rolloutNanos)
    {
        RolloutNanos = rolloutNanos;
        Frontend = Pods(random, "frontend", "3.12.0", "nodejs", "2.1.0", 2);
        Gateway = Pods(random, "gateway", "1.9.3", "go", "1.38.0", 2);
        Catalog = Pods(random, "catalog", "5.0.7", "java", "1.54.0", 3);
        Cart = Pods(random, "cart", "2.2.1", "dotnet", "1.13.0", 2);
        Checkout = Pods(random, "checkout", "4.1.0", "go", "1.38.0", 2);
        OldPayment = Pods(random, "payment", GoodPaymentVersion, "java", "1.54.0", 3);
        _newPayment = Pods(random, "payment", BadPaymentVersion, "java", "1.54.0", 3);
        Shipping = Pods(random, "shipping", "1.3.0", "rust", "0.30.0", 2);
        Warehouse = Pods(random, "warehouse", "0.18.2", "python", "1.37.0", 2);
        Email = Pods(random, "email", "1.0.4", "ruby", "1.8.0", 1);
        Assistant = Pods(random, "shopping-assistant", "0.7.0", "python", "1.37.0", 2);
    }

    public ulong RolloutNanos { get; }

    public ShopInstance[] Frontend { get; }

    public ShopInstance[] Gateway { get; }

    public ShopInstance[] Catalog { get; }

    public ShopInstance[] Cart { get; }

    public ShopInstance[] Checkout { get; }

    public ShopInstance[] OldPayment { get; }

    public ShopInstance[] Shipping { get; }

    public ShopInstance[] Warehouse { get; }

    public ShopInstance[] Email { get; }

    public ShopInstance[] Assistant { get; }

    /// <summary>The payment pods that serve at a time.</summary>
    public ShopInstance[] Payment(ulong nanos) => nanos < RolloutNanos ? OldPayment : _newPayment;

    /// <summary>Every pod that runs at a time.</summary>
    public IEnumerable<ShopInstance> Running(ulong nanos) =>
        [.. Frontend, .. Gateway, .. Catalog, .. Cart, .. Checkout, .. Payment(nanos), .. Shipping, .. Warehouse, .. Email, .. Assistant];

    private static ShopInstance[] Pods(Random random, string service, string version, string language, string sdk, int count)
    {
        var bytes = new byte[16];
        return [.. Enumerable.Range(0, count).Select(pod =>
        {
            random.NextBytes(bytes);
            return new ShopInstance(service, version, language, sdk, pod, new Guid(bytes).ToString());
        })];
    }
}

internal sealed record Product(string Id, string Name, string Category, double PriceEuros);

internal sealed record Shopper(string UserId, string SessionId, string Country, string CardBrand, string UserAgent);

/// <summary>What is sold, and to whom.</summary>
internal static class ShopStock
{
    public static readonly Product[] Products =
    [
        new("P-1001", "Trail running shoe", "shoes", 119.0), new("P-1002", "Leather boot", "shoes", 189.0),
        new("P-2001", "Rain jacket", "clothing", 149.5), new("P-2002", "Merino sweater", "clothing", 89.9),
        new("P-2003", "Wool socks", "clothing", 12.5), new("P-3001", "Two-person tent", "outdoor", 329.0),
        new("P-3002", "Camping stove", "outdoor", 54.9), new("P-3003", "Sleeping bag", "outdoor", 139.0),
        new("P-4001", "Garden chair", "garden", 79.0), new("P-4002", "Hose reel", "garden", 44.0),
        new("P-5001", "Headlamp", "electronics", 39.9), new("P-5002", "Solar charger", "electronics", 69.0),
    ];

    public static readonly string[] Categories = ["shoes", "clothing", "outdoor", "garden", "electronics"];

    public static readonly string[] Countries = ["DE", "DE", "DE", "FR", "FR", "NL", "AT", "ES", "AU"];

    public static readonly string[] CardBrands = ["visa", "visa", "visa", "mastercard", "mastercard", "amex"];

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Mobile Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36",
    ];

    private const int Users = 500;

    public static Shopper Someone(Random random)
    {
        var user = random.Next(Users);
        return new Shopper(
            $"u-{user:00000}",
            $"s-{random.NextInt64() & 0xFFFF_FFFF_FFFF:x12}",
            Countries[user % Countries.Length],
            CardBrands[user % CardBrands.Length],
            Agents[user % Agents.Length]);
    }
}
