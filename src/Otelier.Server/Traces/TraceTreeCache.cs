using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces;
using Otelier.Signals.Traces.Analysis;
using Otelier.Storage;

namespace Otelier.Server.Traces;

/// <summary>
/// Keeps the trees of the traces somebody is looking at, so that paging through a large one reads it once. A tree is kept for a short
/// time only, because spans may still come in; a trace that ended a while ago is kept longer.
/// </summary>
internal sealed class TraceTreeCache(ITraceStore store, TimeProvider time) : IDisposable
{
    /// <summary>Most spans of all trees together, some 150 bytes each; a trace has at most <see cref="TraceLimits.SpansMax"/>.</summary>
    public const int SpansMax = 4 * TraceLimits.SpansMax;

    /// <summary>Most trees.</summary>
    public const int EntriesMax = 64;

    private const int GatesCount = 16;

    /// <summary>How long the tree of a trace is kept that may still be growing…</summary>
    private static readonly TimeSpan GrowingAge = TimeSpan.FromSeconds(5);

    /// <summary>…and of one that ended longer ago than <see cref="SettledAfter"/>.</summary>
    private static readonly TimeSpan SettledAge = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan SettledAfter = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, GatesCount).Select(_ => new SemaphoreSlim(1))];
    private int _spans;

    /// <summary>The tree of a trace, or <see langword="null"/> where the tenant has no such trace.</summary>
    public async Task<TraceTree?> GetAsync(TenantId tenant, TraceId traceId, TimeRange? hint, CancellationToken cancellationToken)
    {
        var key = new Key(tenant, traceId, hint);
        if (Find(key) is { } kept)
            return kept;
        // Several questions about one trace come at once when its page is opened; one of them reads it.
        var gate = _gates[(uint)key.GetHashCode() % GatesCount];
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (Find(key) is { } readMeanwhile)
                return readMeanwhile;
            var spans = await store.GetTraceSpansAsync(tenant, traceId, hint, cancellationToken);
            if (spans.Count == 0)
                return null;
            var isCapped = spans.Count > TraceLimits.SpansMax;
            var tree = TraceTree.Build(isCapped ? [.. spans.Take(TraceLimits.SpansMax)] : spans, isCapped);
            Keep(key, tree);
            return tree;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Lets go of a tenant's trees.</summary>
    public void Forget(TenantId tenant)
    {
        lock (_lock)
        {
            foreach (var node in _entries.Where(entry => entry.Key.Tenant == tenant).Select(entry => entry.Value).ToList())
                Remove(node);
        }
    }

    public void Dispose()
    {
        foreach (var gate in _gates)
            gate.Dispose();
    }

    private TraceTree? Find(Key key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
                return null;
            if (node.Value.Until <= time.GetUtcNow())
            {
                Remove(node);
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Tree;
        }
    }

    private void Keep(Key key, TraceTree tree)
    {
        var age = tree.EndTimeUnixNano + ((ulong)SettledAfter.Ticks * 100) < time.UnixNano() ? SettledAge : GrowingAge;
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var known))
                Remove(known);
            _entries.Add(key, _byUse.AddFirst(new Entry(key, tree, time.GetUtcNow() + age)));
            _spans += tree.Count;
            while ((_spans > SpansMax || _entries.Count > EntriesMax) && _byUse.Last is { } oldest)
                Remove(oldest);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
        _spans -= node.Value.Tree.Count;
    }

    private readonly record struct Key(TenantId Tenant, TraceId TraceId, TimeRange? Hint);

    private sealed record Entry(Key Key, TraceTree Tree, DateTimeOffset Until);
}
