namespace Otelier.Signals.Services;

/// <summary>What somebody on the map is.</summary>
public enum ServiceMapNodeType
{
    Service,
    Database,
    Queue,

    /// <summary>Known by its address only.</summary>
    External,
}

/// <summary>What calls are.</summary>
public enum CallType
{
    Rpc,
    Database,
    Queue,
}

/// <summary>Who calls whom.</summary>
/// <param name="Nodes">By id.</param>
/// <param name="Edges">By source and target.</param>
/// <param name="Range">The time that was looked at: the minutes of what was asked for, or the newest of them.</param>
/// <param name="Warnings">In what way the answer is less than what was asked for. Usually empty.</param>
public sealed record ServiceMap(
    IReadOnlyList<ServiceMapNode> Nodes, IReadOnlyList<ServiceMapEdge> Edges, TimeRange Range, IReadOnlyList<Warning> Warnings)
{
    /// <summary>One service with those it calls and is called by.</summary>
    public ServiceMap Around(string service)
    {
        var ids = Nodes.Where(node => node.Type == ServiceMapNodeType.Service && node.Name == service).Select(node => node.Id).ToHashSet();
        var edges = Edges.Where(edge => ids.Contains(edge.SourceId) || ids.Contains(edge.TargetId)).ToList();
        var near = edges.SelectMany(edge => (string[])[edge.SourceId, edge.TargetId]).Concat(ids).ToHashSet();
        return this with { Nodes = [.. Nodes.Where(node => near.Contains(node.Id))], Edges = edges };
    }
}

/// <summary>Somebody who calls or is called.</summary>
/// <param name="Id">Unique on the map, the same from map to map.</param>
/// <param name="Name">What to show.</param>
/// <param name="Type">What it is.</param>
/// <param name="System">The product of a database or queue; empty for others.</param>
/// <param name="SpanCount">Of a service its requests, of others the calls.</param>
/// <param name="ErrorCount">Of these those with the status error.</param>
/// <param name="DurationP95Nanos">The 95th percentile of their durations, in nanoseconds.</param>
public sealed record ServiceMapNode(
    string Id, string Name, ServiceMapNodeType Type, string System, ulong SpanCount, ulong ErrorCount, double DurationP95Nanos);

/// <summary>Calls from one node to another.</summary>
/// <param name="SourceId">The caller; of a queue that is read from, the queue.</param>
/// <param name="TargetId">The callee.</param>
/// <param name="Type">What the calls are.</param>
/// <param name="Calls">How many, how they ended, how long they took.</param>
/// <param name="Seconds">The length of the map's range in seconds.</param>
public sealed record ServiceMapEdge(string SourceId, string TargetId, CallType Type, CallTally Calls, double Seconds);
