namespace Otelier.Signals.Services;

/// <summary>
/// Puts a service map together from calls that were found: those with both sides, and those of which only one side sent a span, which
/// lead to whom that span names. Not thread-safe.
/// </summary>
/// <param name="services">Every service of the range; those nobody calls are on the map, too.</param>
/// <param name="range">The time that was looked at.</param>
public sealed class ServiceMapBuilder(IReadOnlyList<ServiceSummary> services, TimeRange range)
{
    private const double NanosPerSecond = 1e9;

    private readonly record struct EdgeKey(string Source, string Target, CallType Type);

    private readonly record struct PeerCall(string Service, CallPeer Peer, bool IsToPeer);

    private readonly Dictionary<EdgeKey, CallTally> _edges = [];
    private readonly Dictionary<EdgeKey, CallTally> _answered = [];
    private readonly Dictionary<PeerCall, CallTally> _unanswered = [];
    private readonly Dictionary<string, HashSet<string>> _answeredBy = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CallPeer> _peers = [];

    /// <summary>Adds calls; in any order.</summary>
    public void Add(in CountedCalls counted)
    {
        var (line, calls) = counted;
        switch (line.Side)
        {
            case CallSide.Paired:
                TallyOf(_edges, EdgeOf(line)).Add(calls);
                break;
            case CallSide.Answered:
                TallyOf(_answered, EdgeOf(line)).AddCaller(calls);
                if (line.Peer.IsAddress)
                    AddAnsweredBy(line.Peer.Name, line.Callee);
                break;
            case CallSide.Unanswered:
                TallyOf(_unanswered, new PeerCall(line.Caller, line.Peer, IsToPeer: true)).Add(calls);
                break;
            default:
                TallyOf(_unanswered, new PeerCall(line.Callee, line.Peer, IsToPeer: false)).Add(calls);
                break;
        }
    }

    /// <summary>The map of all that was added.</summary>
    public ServiceMap Build(IEnumerable<Warning> warnings)
    {
        List<Warning> told = [.. warnings];
        // As a pair a call is counted where its answer began, which may be outside.
        foreach (var (key, answered) in _answered)
        {
            if (_edges.TryGetValue(key, out var edge))
                edge.AddCaller(answered);
        }

        foreach (var (call, tally) in _unanswered)
            Resolve(call, tally);
        var seconds = Math.Max((range.EndUnixNano - range.StartUnixNano) / NanosPerSecond, 1);
        var edges = _edges
            .OrderByDescending(edge => edge.Value.Count)
            .Take(ServiceLimits.MapEdgesMax)
            .Select(edge => new ServiceMapEdge(edge.Key.Source, edge.Key.Target, edge.Key.Type, edge.Value, seconds))
            .OrderBy(edge => edge.SourceId, StringComparer.Ordinal)
            .ThenBy(edge => edge.TargetId, StringComparer.Ordinal)
            .ThenBy(edge => edge.Type)
            .ToList();
        if (_edges.Count > edges.Count)
            told.Add(new Warning(Warning.Capped, $"There are {_edges.Count} edges; these {edges.Count} have the most calls."));
        return new ServiceMap(Nodes(edges), edges, range, told);
    }

    /// <summary>An address that is a service's leads to that service, so that it is not drawn twice.</summary>
    private void Resolve(PeerCall call, CallTally tally)
    {
        var (service, peer, isToPeer) = call;
        var known = peer.Type == ServiceMapNodeType.External ? ServiceOf(peer) : null;
        var other = known is null ? $"{peer.Type.ToString().ToLowerInvariant()}:{string.Join('/', new[] { peer.System, peer.Name }.Where(part => part.Length > 0))}" : ServiceId(known);
        if (known is null)
            _peers.TryAdd(other, peer);
        var key = isToPeer ? new EdgeKey(ServiceId(service), other, peer.CallType) : new EdgeKey(other, ServiceId(service), peer.CallType);
        TallyOf(_edges, key).Add(tally);
    }

    private string? ServiceOf(CallPeer peer)
    {
        foreach (var name in peer.ServiceNames)
        {
            foreach (var service in services)
            {
                if (string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase))
                    return service.Name;
            }
        }

        // An address behind which several services answer is that of a proxy, and stays one.
        return _answeredBy.TryGetValue(peer.Name, out var callees) && callees.Count == 1 ? callees.First() : null;
    }

    private List<ServiceMapNode> Nodes(List<ServiceMapEdge> edges)
    {
        var nodes = services
            .Select(service => new ServiceMapNode(
                ServiceId(service.Name),
                service.Name,
                ServiceMapNodeType.Service,
                "",
                service.Figures.MeasuredCount,
                service.Figures.MeasuredErrorCount,
                service.Figures.DurationQuantileNanos(0.95)))
            .ToDictionary(node => node.Id);
        foreach (var (id, tally) in CallsByPeer(edges))
        {
            var peer = _peers[id];
            nodes.Add(id, new ServiceMapNode(id, peer.DisplayName, peer.Type, peer.System, tally.Count, tally.Errors, tally.DurationQuantileNanos(0.95)));
        }

        // A service of the edges that the rollup does not tell of yet.
        foreach (var id in edges.SelectMany(edge => (string[])[edge.SourceId, edge.TargetId]))
        {
            if (!nodes.ContainsKey(id))
                nodes.Add(id, new ServiceMapNode(id, id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..], ServiceMapNodeType.Service, "", 0, 0, 0));
        }

        return [.. nodes.Values.OrderBy(node => node.Id, StringComparer.Ordinal)];
    }

    private Dictionary<string, CallTally> CallsByPeer(List<ServiceMapEdge> edges)
    {
        var tallies = new Dictionary<string, CallTally>();
        foreach (var edge in edges)
        {
            foreach (var id in (string[])[edge.SourceId, edge.TargetId])
            {
                if (_peers.ContainsKey(id))
                    TallyOf(tallies, id).Add(edge.Calls);
            }
        }

        return tallies;
    }

    private void AddAnsweredBy(string address, string callee)
    {
        if (!_answeredBy.TryGetValue(address, out var callees))
            _answeredBy.Add(address, callees = []);
        callees.Add(callee);
    }

    private static EdgeKey EdgeOf(in CallLine line) =>
        new(ServiceId(line.Caller), ServiceId(line.Callee), line.IsQueued ? CallType.Queue : CallType.Rpc);

    private static string ServiceId(string name) => $"service:{name}";

    private static CallTally TallyOf<TKey>(Dictionary<TKey, CallTally> tallies, TKey key)
        where TKey : notnull
    {
        if (!tallies.TryGetValue(key, out var tally))
            tallies.Add(key, tally = new CallTally());
        return tally;
    }
}
