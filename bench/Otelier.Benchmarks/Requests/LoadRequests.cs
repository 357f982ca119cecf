using Otelier.Cli.Load;
using Otelier.Signals;

namespace Otelier.Benchmarks.Requests;

/// <summary>Export requests as the load generator sends them, without the network: the same bytes, every item unique.</summary>
internal sealed class LoadRequests
{
    private readonly IRequestSource _source;
    private long _next = 1;

    /// <param name="signal">What the requests carry.</param>
    /// <param name="itemsPerRequest">Items of a request.</param>
    /// <param name="cancellationToken">Stops the encoding of the templates.</param>
    public LoadRequests(Signal signal, int itemsPerRequest, CancellationToken cancellationToken)
    {
        // Nothing is sent: the address only fills the requests' heads, which are cut off.
        var options = new LoadOptions(signal, new Uri("http://127.0.0.1:4318"), LoadProtocol.Http) { Connections = 1, Batch = itemsPerRequest };
        _source = new RequestPreparation(options, TimeProvider.System).Prepare(cancellationToken)![0];
    }

    /// <summary>The next request's body, whose items are stamped with <paramref name="nowNanos"/>.</summary>
    public byte[] Next(ulong nowNanos)
    {
        var items = _source.NextItems;
        var request = _source.Next(_next, nowNanos);
        _next += items;
        return request.Wire[^request.BodyBytes..].ToArray();
    }
}
