using System.Text;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary><c>otel_red_1m</c>: rate, errors and durations per operation and minute, aggregated by the engine.</summary>
internal static class RedTable
{
    public static readonly Table<RedRollup> Table = new("otel_red_1m",
    [
        Text("Tenant", line => line.Tenant),
        new("Minute", "DateTime", (rollup, writer) => writer.WriteFixed<uint>([.. rollup.Lines.Select(line => line.MinuteUnixSeconds)])),
        Text("ServiceName", line => line.ServiceName),
        Text("SpanName", line => line.SpanName),
        Text("SpanKind", line => (uint)line.Kind < (uint)SpanTable.Kinds.Count ? SpanTable.Kinds[line.Kind] : $"{line.Kind}"),
        Number("Count", line => line.Count),
        Number("Errors", line => line.Errors),
        Number("DurationSum", line => line.DurationNanosSum),
        Number("DurationMax", line => line.DurationNanosMax),
        new("DurationBuckets", "Map(UInt16, UInt64)", WriteBuckets),
    ]);

    private static TableColumn<RedRollup> Number(string name, Func<RedLine, ulong> select) =>
        new(name, "UInt64", (rollup, writer) => writer.WriteFixed<ulong>([.. rollup.Lines.Select(select)]));

    private static TableColumn<RedRollup> Text(string name, Func<RedLine, string> select) => new(name, TypeNames.LowCardinality, (rollup, writer) =>
    {
        writer.BeginDictionary();
        var rows = writer.Dictionary.AddRows(rollup.Lines.Count);
        for (var i = 0; i < rows.Length; i++)
            rows[i] = writer.Dictionary.Intern(Encoding.UTF8.GetBytes(select(rollup.Lines[i])));
        writer.EndDictionary();
    });

    private static void WriteBuckets(RedRollup rollup, NativeColumnWriter writer)
    {
        var ends = new ulong[rollup.Lines.Count];
        var end = 0UL;
        for (var i = 0; i < ends.Length; i++)
            ends[i] = end += (ulong)rollup.Lines[i].Buckets.Count();
        writer.WriteFixed<ulong>(ends);
        writer.WriteFixed<ushort>([.. rollup.Lines.SelectMany(line => line.Buckets).Select(bucket => bucket.Bucket)]);
        writer.WriteFixed<ulong>([.. rollup.Lines.SelectMany(line => line.Buckets).Select(bucket => bucket.Count)]);
    }
}
