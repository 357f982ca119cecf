using Otelier.Signals;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Services;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Upkeep;

/// <summary>
/// Settles minutes: finds the calls of those that are over and to which nothing is being added any more, and stores them, so that service
/// maps need not pair their spans. Everything may be repeated, by several processes too.
/// </summary>
/// <param name="queries">The way to the store, not shared with those who wait for an answer.</param>
/// <param name="inserter">Writes.</param>
/// <param name="time">The clock.</param>
internal sealed class CallUpkeep(QueryRunner queries, BlockInserter inserter, TimeProvider time) : IDisposable
{
    /// <summary>How far back minutes are settled: as far as one question may reach.</summary>
    private static readonly TimeSpan SettledWithin = SearchLimits.RangeMax;

    /// <summary>
    /// After how long a minute is tried again that is not settled although its calls were found, because the rollup counts other spans than
    /// there are: those of a block that is in the one table and not yet in the other.
    /// </summary>
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(10);

    /// <summary>Most tenants that are looked at in one pass.</summary>
    private const int TenantsPerPass = 32;

    /// <summary>After so many spans of a tenant a pass goes on to the next one.</summary>
    private const ulong TenantSpansPerPass = 2_500_000;

    /// <summary>After so many hours of a tenant the others have to wait for the next pass.</summary>
    private const int TenantHoursPerPass = 48;

    /// <summary>A minute as it was seen when it was not settled.</summary>
    /// <param name="Spans">How many spans it and those beside it had.</param>
    /// <param name="TriedAt">When its calls were stored for just these.</param>
    private readonly record struct Seen(ulong Spans, DateTimeOffset? TriedAt);

    private readonly CallReader _calls = new(queries);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Lock _noticing = new();
    private readonly Queue<TenantId> _turns = new();
    private readonly HashSet<TenantId> _noticed = [];
    private readonly Dictionary<TenantId, Dictionary<uint, Seen>> _unsettled = [];
    private bool _knowsTenants;

    /// <summary>After every run of minutes it rests for so many times as long as that took.</summary>
    internal int RestFactor { get; init; } = 3;

    /// <summary>Notes that a tenant has new spans; from any thread.</summary>
    public void Notice(TenantId tenant)
    {
        lock (_noticing)
        {
            if (_noticed.Add(tenant))
                _turns.Enqueue(tenant);
        }
    }

    /// <summary>Waits until no tenant's minutes are being settled, and keeps it from going on until the answer is disposed of.</summary>
    public async Task<IDisposable> PauseAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Pause(_gate);
    }

    /// <summary>Settles what has been the same since the last pass; only of tenants of whom something new has come or was left.</summary>
    /// <exception cref="StoreException">The store did not answer, or did not take what was found; the next pass begins anew.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!_knowsTenants)
        {
            foreach (var tenant in await queries.ReadAsync<TenantId>(CallSql.Tenants(), ReadTenants, cancellationToken).ConfigureAwait(false))
                Notice(tenant);
            _knowsTenants = true;
        }

        for (var turns = Math.Min(WaitingTenants, TenantsPerPass); turns > 0 && TakeTurn() is { } tenant; turns--)
        {
            // Whatever comes of it, there may be something left until it is known that there is not.
            var isLeft = true;
            try
            {
                using var alone = await PauseAsync(cancellationToken).ConfigureAwait(false);
                isLeft = await SettleAsync(tenant, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (isLeft)
                    Notice(tenant);
            }
        }
    }

    public void Dispose() => _gate.Dispose();

    private int WaitingTenants
    {
        get
        {
            lock (_noticing)
                return _turns.Count;
        }
    }

    private TenantId? TakeTurn()
    {
        lock (_noticing)
        {
            if (!_turns.TryDequeue(out var tenant))
                return null;
            _noticed.Remove(tenant);
            return tenant;
        }
    }

    /// <returns>Whether anything is left to be settled.</returns>
    private async Task<bool> SettleAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var current = (uint)(now.ToUnixTimeSeconds() / 60);
        var range = new MinuteRun(MinuteSpans.HourOf(current - (uint)SettledWithin.TotalMinutes), current);
        var spans = await MinuteSpans.ReadAsync(queries, tenant, range, cancellationToken).ConfigureAwait(false);
        var before = _unsettled.GetValueOrDefault(tenant);
        var unsettled = new Dictionary<uint, Seen>();
        var due = new MinuteRuns(MapPlan.RunSpansMax);
        var spansDue = 0UL;
        foreach (var minute in spans.NewestFirst.Where(minute => spans[minute] > 0))
        {
            var isDue = false;
            if (!spans.IsSettled(minute))
            {
                var seen = before?.GetValueOrDefault(minute) ?? default;
                var isQuiet = seen.Spans == spans.Around(minute);
                unsettled.Add(minute, isQuiet ? seen : new Seen(spans.Around(minute), null));
                // What is beside it must be over as well.
                isDue = isQuiet && minute + 1 < current && spansDue < TenantSpansPerPass && !(now - seen.TriedAt < TryAgainAfter);
            }

            if (isDue)
            {
                due.Add(minute, spans[minute]);
                spansDue += spans[minute];
            }
            else
            {
                due.End();
            }
        }

        if (unsettled.Count == 0)
            _unsettled.Remove(tenant);
        else
            _unsettled[tenant] = unsettled;
        foreach (var run in due.Runs)
        {
            List<uint> minutes = [.. spans.NewestFirst.Where(minute => minute >= run.First && minute <= run.Last && unsettled.ContainsKey(minute))];
            foreach (var minute in minutes)
                unsettled[minute] = unsettled[minute] with { TriedAt = now };
            await ThenRestAsync(() => StoreAsync(tenant, run, spans.Of(run), minutes, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return await AddUpHoursAsync(tenant, spans, current, cancellationToken).ConfigureAwait(false) || unsettled.Count > 0;
    }

    /// <returns>Whether there are hours that were not added up, or not known to be.</returns>
    private async Task<bool> AddUpHoursAsync(TenantId tenant, MinuteSpans spans, uint current, CancellationToken cancellationToken)
    {
        var due = spans.NewestFirst
            .Where(minute => spans[minute] > 0)
            .GroupBy(MinuteSpans.HourOf)
            .Where(hour => hour.Key + MinuteSpans.HourMinutes <= current && hour.All(spans.IsSettled) && !spans.IsHourSettled(hour.Key))
            .Take(TenantHoursPerPass)
            .ToList();
        foreach (var hour in due)
            await ThenRestAsync(() => StoreHourAsync(tenant, hour.Key, spans.AroundHour(hour.Key), cancellationToken), cancellationToken).ConfigureAwait(false);
        return due.Count > 0;
    }

    private async Task ThenRestAsync(Func<Task> store, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await store().ConfigureAwait(false);
        if (RestFactor > 0)
            await Task.Delay(time.GetElapsedTime(started) * RestFactor, time, cancellationToken).ConfigureAwait(false);
    }

    private async Task StoreAsync(TenantId tenant, MinuteRun run, ulong spans, IReadOnlyList<uint> minutes, CancellationToken cancellationToken)
    {
        var version = Version();
        var paired = await _calls.PairAsync(tenant, run, spans, cancellationToken).ConfigureAwait(false);
        await InsertAsync(
            CallTable.Minutes,
            [.. minutes.Select(minute => new CallRow(tenant.Value, minute, version, paired.Around(minute), [.. paired.Calls[minute]]))],
            cancellationToken).ConfigureAwait(false);
    }

    private async Task StoreHourAsync(TenantId tenant, uint first, ulong spans, CancellationToken cancellationToken)
    {
        var version = Version();
        var hour = new MinuteRun(first, first + MinuteSpans.HourMinutes - 1);
        var calls = await _calls.FindSettledAsync(CallTable.Minutes, tenant, [hour], cancellationToken).ConfigureAwait(false);
        await InsertAsync(CallTable.Hours, [new CallRow(tenant.Value, first, version, spans, calls)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>In ticks since 1970, so that no two are the same.</summary>
    private ulong Version() => (ulong)(time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;

    private Task InsertAsync(Table<IReadOnlyList<CallRow>> table, IReadOnlyList<CallRow> rows, CancellationToken cancellationToken) =>
        inserter.InsertAsync(table, rows, rows.Count, $"{rows[0].Tenant}:{rows[0].Minute}:{rows.Count}:{rows[0].Version}", cancellationToken);

    private static void ReadTenants(NativeBlock block, List<TenantId> tenants)
    {
        var names = block.GetBytes("Tenant");
        for (var row = 0; row < block.RowCount; row++)
        {
            if (TenantId.TryParse(names.GetString(row), out var tenant))
                tenants.Add(tenant);
        }
    }

    /// <summary>Gives the gate back.</summary>
    private sealed class Pause(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
