namespace Otelier.Signals.Services;

/// <summary>Whom a client, producer or consumer span names as its other side.</summary>
/// <param name="Type">Database, queue, or external for everything else.</param>
/// <param name="System">The product of a database or queue; empty for others.</param>
/// <param name="Name">The database, the destination, or the address; empty where the span tells nothing.</param>
public readonly record struct CallPeer(ServiceMapNodeType Type, string System, string Name)
{
    private const char LabelSeparator = '.';

    /// <summary>How the map calls it: a database that tells no name is called by its product.</summary>
    public string DisplayName => Name.Length > 0 ? Name : System;

    /// <summary>Whether it is told at all.</summary>
    public bool IsKnown => DisplayName.Length > 0;

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
}
