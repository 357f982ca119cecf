using System.Text;
using Otelier.Signals;
using Otelier.Signals.Catalog;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>The lines of one block for <c>otel_attribute_catalog</c>.</summary>
/// <param name="Lines">What was seen, and on how many items.</param>
/// <param name="SeenUnixSeconds">When the block was received.</param>
internal sealed record CatalogRows(IReadOnlyList<KeyValuePair<CatalogLine, long>> Lines, uint SeenUnixSeconds);

/// <summary><c>otel_attribute_catalog</c>: which attribute keys there are, how often, and with which values.</summary>
internal static class CatalogTable
{
    private const int SecondsPerDay = 86_400;

    public static readonly Table<CatalogRows> Table = new("otel_attribute_catalog",
    [
        Text("Tenant", line => line.Tenant),
        Text("Signal", line => SignalName(line.Signal)),
        Text("Level", line => LevelName(line.Level)),
        new("Day", "Date", (rows, writer) => writer.WriteFixed<ushort>([.. rows.Lines.Select(_ => (ushort)(rows.SeenUnixSeconds / SecondsPerDay))])),
        Text("ServiceName", line => line.ServiceName),
        Text("Key", line => line.Key.Text),
        Text("Type", line => ((char)line.Letter).ToString()),
        new("Value", "String", (rows, writer) =>
        {
            foreach (var line in rows.Lines)
                writer.WriteText(line.Key.Value);
        }),
        new("Count", "UInt64", (rows, writer) => writer.WriteFixed<long>([.. rows.Lines.Select(line => line.Value)])),
        new("LastSeen", "DateTime", (rows, writer) => writer.WriteFixed<uint>([.. rows.Lines.Select(_ => rows.SeenUnixSeconds)])),
    ]);

    /// <summary>A level's name in the table.</summary>
    public static string LevelName(AttributeLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>A signal's name in the tables and the API.</summary>
    public static string SignalName(Signal signal) => signal switch
    {
        Signal.Traces => "traces",
        Signal.Logs => "logs",
        Signal.Metrics => "metrics",
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, null),
    };

    private static TableColumn<CatalogRows> Text(string name, Func<CatalogLine, string> select) => new(name, TypeNames.LowCardinality, (block, writer) =>
    {
        writer.BeginDictionary();
        var rows = writer.Dictionary.AddRows(block.Lines.Count);
        for (var i = 0; i < rows.Length; i++)
            rows[i] = writer.Dictionary.Intern(Encoding.UTF8.GetBytes(select(block.Lines[i].Key)));
        writer.EndDictionary();
    });
}
