using System.Runtime.InteropServices;

namespace Otelier.Signals.Traces.Analysis;

/// <summary>What one service, or one operation of it, has in a trace.</summary>
/// <param name="ServiceName">The service.</param>
/// <param name="Name">The operation; empty where the whole service is meant.</param>
/// <param name="Kind">The protocol's number of the operation's kind; 0 where the whole service is meant.</param>
/// <param name="SpanCount">How many spans.</param>
/// <param name="ErrorCount">How many of them have the status error.</param>
/// <param name="DurationTotalNanos">The sum of their durations, in nanoseconds, nested ones counted each.</param>
/// <param name="DurationMaxNanos">The longest, in nanoseconds.</param>
/// <param name="SelfTimeNanos">The sum of their self times, in nanoseconds.</param>
/// <param name="CriticalPathNanos">How much of the critical path is theirs, in nanoseconds.</param>
public readonly record struct TraceGroup(
    string ServiceName,
    string Name,
    int Kind,
    int SpanCount,
    int ErrorCount,
    ulong DurationTotalNanos,
    ulong DurationMaxNanos,
    ulong SelfTimeNanos,
    ulong CriticalPathNanos);

/// <summary>Where a trace's time went.</summary>
/// <param name="Services">The one with the most self time first.</param>
/// <param name="Operations">The one with the most self time first.</param>
/// <param name="SelfTimeTotalNanos">The self times of all spans, in nanoseconds.</param>
public sealed record TraceBreakdown(IReadOnlyList<TraceGroup> Services, IReadOnlyList<TraceGroup> Operations, ulong SelfTimeTotalNanos)
{
    public static TraceBreakdown Of(TraceTree tree)
    {
        var critical = new ulong[tree.Count];
        foreach (var section in tree.CriticalPath)
            critical[section.Row] += section.DurationNanos;
        var services = new Dictionary<string, TraceGroup>(StringComparer.Ordinal);
        var operations = new Dictionary<(string, string, int), TraceGroup>();
        var total = 0UL;
        for (var row = 0; row < tree.Count; row++)
        {
            ref readonly var span = ref tree[row];
            var single = new TraceGroup(
                span.ServiceName, span.Name, span.Kind, 1, span.IsError ? 1 : 0, span.DurationNanos, span.DurationNanos, tree.SelfTimeNanos(row), critical[row]);
            total += single.SelfTimeNanos;
            Add(services, span.ServiceName, single with { Name = "", Kind = 0 });
            Add(operations, (span.ServiceName, span.Name, span.Kind), single);
        }

        return new TraceBreakdown(InOrder(services.Values), InOrder(operations.Values), total);
    }

    private static void Add<TKey>(Dictionary<TKey, TraceGroup> groups, TKey key, TraceGroup single)
        where TKey : notnull
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out var exists);
        sum = !exists ? single : sum with
        {
            SpanCount = sum.SpanCount + 1,
            ErrorCount = sum.ErrorCount + single.ErrorCount,
            DurationTotalNanos = sum.DurationTotalNanos + single.DurationTotalNanos,
            DurationMaxNanos = Math.Max(sum.DurationMaxNanos, single.DurationMaxNanos),
            SelfTimeNanos = sum.SelfTimeNanos + single.SelfTimeNanos,
            CriticalPathNanos = sum.CriticalPathNanos + single.CriticalPathNanos,
        };
    }

    private static List<TraceGroup> InOrder(IEnumerable<TraceGroup> groups) =>
    [
        .. groups
            .OrderByDescending(group => group.SelfTimeNanos)
            .ThenBy(group => group.ServiceName, StringComparer.Ordinal)
            .ThenBy(group => group.Name, StringComparer.Ordinal)
            .ThenBy(group => group.Kind),
    ];
}
