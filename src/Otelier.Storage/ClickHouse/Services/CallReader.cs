using System.Runtime.InteropServices;
using Otelier.Signals;
using Otelier.Signals.Columns;
using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;
using Otelier.Storage.ClickHouse.Traces;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>Finds calls: by pairing spans, or where they are stored.</summary>
internal sealed class CallReader(QueryRunner queries)
{
    /// <summary>Pairs the spans of the minutes.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="minutes">One, or several that have no more than <see cref="ServiceLimits.MapMinuteSpansMax"/> spans together.</param>
    /// <param name="spans">How many spans they have, or somewhat fewer.</param>
    /// <param name="cancellationToken">Stops the work in the store too.</param>
    /// <exception cref="StoreException">The store did not answer.</exception>
    public Task<PairedMinutes> PairAsync(TenantId tenant, MinuteRun minutes, ulong spans, CancellationToken cancellationToken) =>
        spans <= (ulong)ServiceLimits.MapMinuteSpansMax
            ? PairAllAsync(tenant, minutes, cancellationToken)
            : PairShareAsync(tenant, minutes, 1 + (spans / (ulong)ServiceLimits.MapMinuteSpansMax), cancellationToken);

    private async Task<PairedMinutes> PairAllAsync(TenantId tenant, MinuteRun minutes, CancellationToken cancellationToken)
    {
        var pairing = new CallPairing(weight: 1);
        var counts = new Dictionary<uint, ulong>();
        var peers = new Dictionary<ulong, int>();
        await foreach (var block in queries.StreamAsync(CallSql.Spans(tenant, minutes.Range, share: 1), cancellationToken).ConfigureAwait(false))
            Add(pairing, block, counts, peers);
        foreach (var neighbour in minutes.Neighbours)
        {
            await foreach (var block in queries.StreamAsync(CallSql.Neighbours(tenant, neighbour.Range), cancellationToken).ConfigureAwait(false))
                Add(pairing, block, counts, peers: null);
        }

        return new PairedMinutes(pairing.Find(), counts);
    }

    /// <summary>A share is an estimate, to which the minutes beside it would add less than it is off.</summary>
    private async Task<PairedMinutes> PairShareAsync(TenantId tenant, MinuteRun minutes, ulong share, CancellationToken cancellationToken)
    {
        // Counted first: what comes in between is then missing from the count, and not counted although it was not seen.
        var counts = new Dictionary<uint, ulong>();
        foreach (var run in minutes.Neighbours.Append(minutes))
        {
            var count = await queries.ReadAsync<ulong>(CallSql.Count(tenant, run.Range), (block, rows) => rows.Add(block.GetUInt64("Spans")[0]), cancellationToken)
                .ConfigureAwait(false);
            counts.Add(run.First, count.Single());
        }

        var pairing = new CallPairing(share);
        var peers = new Dictionary<ulong, int>();
        await foreach (var block in queries.StreamAsync(CallSql.Spans(tenant, minutes.Range, share), cancellationToken).ConfigureAwait(false))
            Add(pairing, block, [], peers);
        return new PairedMinutes(pairing.Find(), counts);
    }

    /// <summary>Reads the calls of settled minutes, or hours, and adds them up.</summary>
    /// <inheritdoc cref="CallSql.Lines" path="/param"/>
    /// <exception cref="StoreException">The store did not answer.</exception>
    public async Task<IReadOnlyList<CountedCalls>> FindSettledAsync(
        Table<IReadOnlyList<CallRow>> table, TenantId tenant, IReadOnlyList<MinuteRun> runs, CancellationToken cancellationToken) =>
        runs.Count == 0 ? [] : await queries.ReadAsync<CountedCalls>(CallSql.Lines(table, tenant, runs), ReadLines, cancellationToken).ConfigureAwait(false);

    /// <param name="pairing">Where the spans go.</param>
    /// <param name="block">The spans.</param>
    /// <param name="counts">How many there are by minute.</param>
    /// <param name="peers">The peers' numbers by their attributes' hashes; <see langword="null"/> for neighbours.</param>
    private static void Add(CallPairing pairing, NativeBlock block, Dictionary<uint, ulong> counts, Dictionary<ulong, int>? peers)
    {
        var keys = block.GetUInt64("Key").Values;
        var parents = block.GetUInt64("ParentKey").Values;
        var links = block.GetArray("LinkKeys");
        var linkKeys = ((FixedResultColumn<ulong>)links.Items).Values;
        var minutes = block.GetUInt32("Minute").Values;
        var roles = block.GetUInt8("Role").Values;
        var services = block.GetBytes("Service");
        var failed = block.GetUInt8("IsFailed").Values;
        var durations = block.GetUInt64("Duration").Values;
        var maps = peers is null ? null : block.GetMap("Peer");
        var causes = new List<ulong>();
        for (var row = 0; row < block.RowCount; row++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, minutes[row], out _)++;
            causes.Clear();
            if (parents[row] != 0)
                causes.Add(parents[row]);
            var (start, length) = links[row];
            foreach (var key in linkKeys.Slice(start, length))
            {
                if (key != parents[row])
                    causes.Add(key);
            }

            var span = new CallSpan(
                keys[row],
                minutes[row],
                (CallRole)roles[row],
                pairing.NumberOf(services.GetString(row)),
                failed[row] != 0,
                durations[row],
                maps is null ? 0 : PeerOf(pairing, maps, row, peers!));
            if (maps is null)
                pairing.AddNeighbour(span, CollectionsMarshal.AsSpan(causes));
            else
                pairing.Add(span, CollectionsMarshal.AsSpan(causes));
        }
    }

    /// <summary>Peers are few, so that their texts are made once.</summary>
    private static int PeerOf(CallPairing pairing, MapResultColumn maps, int row, Dictionary<ulong, int> numbers)
    {
        var (start, length) = maps[row];
        if (length == 0)
            return 0;
        var (keys, values) = ((BytesResultColumn)maps.Keys, (BytesResultColumn)maps.Values);
        var hash = ByteHash.ProcessSeed;
        for (var i = start; i < start + length; i++)
            hash = ByteHash.Compute(values[i], ByteHash.Compute(keys[i], hash));
        if (!numbers.TryGetValue(hash, out var number))
        {
            number = pairing.NumberOf(CallPeer.Of(Enumerable.Range(start, length).ToDictionary(keys.GetString, values.GetString)));
            numbers.Add(hash, number);
        }

        return number;
    }

    private static void ReadLines(NativeBlock block, List<CountedCalls> lines)
    {
        var sides = block.GetBytes("Side");
        var callers = block.GetBytes("Caller");
        var callees = block.GetBytes("Callee");
        var types = block.GetBytes("PeerType");
        var systems = block.GetBytes("PeerSystem");
        var names = block.GetBytes("PeerName");
        var queued = block.GetUInt8("IsQueued");
        var buckets = block.GetUInt16("Bucket");
        var counts = block.GetUInt64("Calls");
        var failed = block.GetUInt64("FailedCalls");
        var durations = block.GetUInt64("Durations");
        for (var row = 0; row < block.RowCount; row++)
        {
            var peer = new CallPeer((ServiceMapNodeType)SpanRows.NumberOf(types, row, CallTable.PeerTypes), systems.GetString(row), names.GetString(row));
            var side = (CallSide)SpanRows.NumberOf(sides, row, CallTable.Sides);
            lines.Add(new CountedCalls(
                new CallLine(side, callers.GetString(row), callees.GetString(row), peer, queued[row] != 0),
                new CallCounts(buckets[row], counts[row], failed[row], durations[row])));
        }
    }
}

/// <summary>The calls of some minutes.</summary>
/// <param name="Calls">By minute.</param>
/// <param name="Spans">How many spans those and the minutes beside them have.</param>
internal sealed record PairedMinutes(ILookup<uint, CountedCalls> Calls, IReadOnlyDictionary<uint, ulong> Spans)
{
    /// <summary>How many spans a minute and those beside it have.</summary>
    public ulong Around(uint minute) => CallPairing.Around(minute, at => Spans.GetValueOrDefault(at));
}
