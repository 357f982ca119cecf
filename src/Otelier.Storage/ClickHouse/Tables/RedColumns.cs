using System.Text;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>The columns of a rollup's table.</summary>
/// <param name="lines">The lines that go to the table.</param>
internal sealed class RedColumns<TLine>(Func<RedRollup, IReadOnlyList<TLine>> lines)
    where TLine : RedLine
{
    /// <summary>Whose the line is.</summary>
    public IReadOnlyList<TableColumn<RedRollup>> Keys =>
    [
        Text("Tenant", line => line.Tenant),
        new("Minute", "DateTime", (rollup, writer) => writer.WriteFixed<uint>([.. lines(rollup).Select(line => line.MinuteUnixSeconds)])),
        Text("ServiceName", line => line.ServiceName),
    ];

    /// <summary>How many spans.</summary>
    public IReadOnlyList<TableColumn<RedRollup>> Counts =>
    [
        Number("Count", line => line.Count),
        Number("Errors", line => line.Errors),
    ];

    /// <summary>How long they took.</summary>
    public IReadOnlyList<TableColumn<RedRollup>> Durations =>
    [
        Number("DurationSum", line => line.Durations.NanosSum),
        Number("DurationMax", line => line.Durations.NanosMax),
        new("DurationBuckets", "Map(UInt16, UInt64)", WriteBuckets),
    ];

    public TableColumn<RedRollup> Number(string name, Func<TLine, ulong> select) =>
        new(name, "UInt64", (rollup, writer) => writer.WriteFixed<ulong>([.. lines(rollup).Select(select)]));

    public TableColumn<RedRollup> Text(string name, Func<TLine, string> select) => new(name, TypeNames.LowCardinality, (rollup, writer) =>
    {
        writer.BeginDictionary();
        var rows = writer.Dictionary.AddRows(lines(rollup).Count);
        for (var i = 0; i < rows.Length; i++)
            rows[i] = writer.Dictionary.Intern(Encoding.UTF8.GetBytes(select(lines(rollup)[i])));
        writer.EndDictionary();
    });

    private void WriteBuckets(RedRollup rollup, NativeColumnWriter writer)
    {
        var ends = new ulong[lines(rollup).Count];
        var end = 0UL;
        for (var i = 0; i < ends.Length; i++)
            ends[i] = end += (ulong)lines(rollup)[i].Durations.Buckets.Count();
        writer.WriteFixed<ulong>(ends);
        writer.WriteFixed<ushort>([.. lines(rollup).SelectMany(line => line.Durations.Buckets).Select(bucket => bucket.Bucket)]);
        writer.WriteFixed<ulong>([.. lines(rollup).SelectMany(line => line.Durations.Buckets).Select(bucket => bucket.Count)]);
    }
}
