namespace Otelier.Signals.Services;

/// <summary>Whom a client, producer or consumer span names as its other side.</summary>
/// <param name="Type">Database, queue, or external for everything else.</param>
/// <param name="System">The product of a database or queue; empty for others.</param>
/// <param name="Name">The database, the destination, or the address; empty where the span tells nothing.</param>
public readonly record struct CallPeer(ServiceMapNodeType Type, string System, string Name)
{
    private const char LabelSeparator = '.';

    // The newer names of an attribute stand before the older.
    private static readonly string[] DatabaseSystem = ["db.system.name", "db.system"];
    private static readonly string[] DatabaseName = ["db.namespace", "db.name", "server.address", "net.peer.name"];
    private static readonly string[] QueueSystem = ["messaging.system"];
    private static readonly string[] QueueName = ["messaging.destination.name", "messaging.destination"];
    private static readonly string[] Address =
        ["peer.service", "server.address", "net.peer.name", "network.peer.address", "url.full", "http.url", "rpc.service"];

    /// <summary>Every attribute that tells something of the other side.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
        [.. DatabaseSystem.Concat(DatabaseName).Concat(QueueSystem).Concat(QueueName).Concat(Address).Distinct()];

    /// <summary>Those whose value is an address with a path.</summary>
    public static IReadOnlyList<string> UrlAttributes { get; } = ["url.full", "http.url"];

    /// <summary>Whom a span names that names nobody.</summary>
    public static CallPeer Nobody { get; } = new(ServiceMapNodeType.External, "", "");

    /// <summary>Whom these attributes name.</summary>
    /// <param name="attributes">Of <see cref="Attributes"/> those the span has; of <see cref="UrlAttributes"/> the host alone.</param>
    public static CallPeer Of(IReadOnlyDictionary<string, string> attributes)
    {
        if (First(attributes, DatabaseSystem) is { Length: > 0 } database)
            return new CallPeer(ServiceMapNodeType.Database, database, First(attributes, DatabaseName));
        if (First(attributes, QueueSystem) is { Length: > 0 } queue)
            return new CallPeer(ServiceMapNodeType.Queue, queue, First(attributes, QueueName));
        return new CallPeer(ServiceMapNodeType.External, "", First(attributes, Address));
    }

    /// <summary>How the map calls it: a database that tells no name is called by its product.</summary>
    public string DisplayName => Name.Length > 0 ? Name : System;

    /// <summary>Whether it is told at all.</summary>
    public bool IsKnown => DisplayName.Length > 0;

    /// <summary>Whether it is an address, behind which a service may be.</summary>
    public bool IsAddress => Type == ServiceMapNodeType.External && Name.Length > 0;

    /// <summary>The kind of calls to it.</summary>
    public CallType CallType => Type switch
    {
        ServiceMapNodeType.Database => CallType.Database,
        ServiceMapNodeType.Queue => CallType.Queue,
        _ => CallType.Rpc,
    };

    /// <summary>
    /// The names under which a service may be known that has this address: the whole, and its first label, for hosts are named after
    /// the services on them (<c>cart.shop.svc.cluster.local</c>). The first label of a number is no name.
    /// </summary>
    public IEnumerable<string> ServiceNames
    {
        get
        {
            var end = Name.IndexOf(LabelSeparator, StringComparison.Ordinal);
            return end <= 0 || char.IsAsciiDigit(Name[0]) ? [Name] : [Name, Name[..end]];
        }
    }

    private static string First(IReadOnlyDictionary<string, string> attributes, string[] names)
    {
        foreach (var name in names)
        {
            if (attributes.TryGetValue(name, out var value) && value.Length > 0)
                return value;
        }

        return "";
    }
}
