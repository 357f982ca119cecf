using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>The calls of a minute, or of an hour, as a row.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Minute">The minute, or the hour's first, in minutes since 1970.</param>
/// <param name="Version">Of the rows of a minute the one with the largest counts.</param>
/// <param name="Spans">Among how many spans the calls were found: the minute's and those of the minutes beside it. Of an hour the sum of its minutes'.</param>
/// <param name="Calls">The calls.</param>
internal sealed record CallRow(string Tenant, uint Minute, ulong Version, ulong Spans, IReadOnlyList<CountedCalls> Calls);

/// <summary>Who called whom: by the minute, and by the hour.</summary>
internal static class CallTable
{
    /// <summary>Names of <see cref="CallSide"/>.</summary>
    public static readonly IReadOnlyList<string> Sides = Enum.GetNames<CallSide>();

    /// <summary>Names of <see cref="ServiceMapNodeType"/>.</summary>
    public static readonly IReadOnlyList<string> PeerTypes = Enum.GetNames<ServiceMapNodeType>();

    /// <summary><c>otel_calls_1m</c>.</summary>
    public static readonly Table<IReadOnlyList<CallRow>> Minutes = new("otel_calls_1m", Columns);

    /// <summary><c>otel_calls_1h</c>.</summary>
    public static readonly Table<IReadOnlyList<CallRow>> Hours = new("otel_calls_1h", Columns);

    private const uint MinuteSeconds = 60;

    private static IReadOnlyList<TableColumn<IReadOnlyList<CallRow>>> Columns =>
    [
        RowColumn.Text<CallRow>("Tenant", "String", row => row.Tenant),
        RowColumn.Fixed<CallRow, uint>("Minute", "DateTime", row => row.Minute * MinuteSeconds),
        RowColumn.Fixed<CallRow, ulong>("Version", "UInt64", row => row.Version),
        RowColumn.Fixed<CallRow, ulong>("Spans", "UInt64", row => row.Spans),
        Text("Side", calls => Sides[(int)calls.Line.Side]),
        Text("Caller", calls => calls.Line.Caller),
        Text("Callee", calls => calls.Line.Callee),
        Text("PeerType", calls => PeerTypes[(int)calls.Line.Peer.Type]),
        Text("PeerSystem", calls => calls.Line.Peer.System),
        Text("PeerName", calls => calls.Line.Peer.Name),
        Fixed<byte>("IsQueued", "UInt8", calls => calls.Line.IsQueued ? (byte)1 : (byte)0),
        Fixed<ushort>("Bucket", "UInt16", calls => calls.Counts.Bucket),
        Fixed<ulong>("Count", "UInt64", calls => calls.Counts.Count),
        Fixed<ulong>("Errors", "UInt64", calls => calls.Counts.Errors),
        Fixed<ulong>("DurationSum", "UInt64", calls => calls.Counts.DurationSumNanos),
    ];

    private static TableColumn<IReadOnlyList<CallRow>> Text(string name, Func<CountedCalls, string> select) =>
        Array(name, "String", (calls, writer) => writer.WriteText(select(calls)));

    private static TableColumn<IReadOnlyList<CallRow>> Fixed<T>(string name, string type, Func<CountedCalls, T> select)
        where T : unmanaged => Array(name, type, (calls, writer) => writer.WriteFixed<T>([select(calls)]));

    private static TableColumn<IReadOnlyList<CallRow>> Array(string name, string type, Action<CountedCalls, NativeColumnWriter> write) =>
        new($"Calls.{name}", TypeNames.ArrayOf(type), (rows, writer) =>
        {
            var end = 0UL;
            foreach (var row in rows)
                writer.WriteUInt64(end += (ulong)row.Calls.Count);
            foreach (var row in rows)
            {
                foreach (var calls in row.Calls)
                    write(calls, writer);
            }
        });
}
