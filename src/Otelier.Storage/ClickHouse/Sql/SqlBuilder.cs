using System.Globalization;
using System.Text;
using Otelier.Signals;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>
/// A statement being written: text of our own, and values, which become parameters. Nothing from outside ever becomes text.
/// </summary>
internal sealed class SqlBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<SqlParameter> _parameters = [];

    /// <summary>Whose rows it reads.</summary>
    public string Tenant { get; private set; } = "";

    /// <summary>Notes whose rows it reads.</summary>
    public SqlBuilder Of(TenantId tenant)
    {
        Tenant = tenant.Value;
        return this;
    }

    /// <summary>Appends SQL of our own.</summary>
    public SqlBuilder Append(string sql)
    {
        _text.Append(sql);
        return this;
    }

    public SqlBuilder AppendLine(string sql)
    {
        _text.Append(sql).Append('\n');
        return this;
    }

    /// <summary>A placeholder for a text.</summary>
    public string Text(string value)
    {
        var name = NextName();
        _parameters.Add(SqlParameter.String(name, value));
        return $"{{{name}:String}}";
    }

    public string Int64(long value)
    {
        var name = NextName();
        _parameters.Add(SqlParameter.Int64(name, value));
        return $"{{{name}:Int64}}";
    }

    public string UInt64(ulong value)
    {
        var name = NextName();
        _parameters.Add(SqlParameter.UInt64(name, value));
        return $"{{{name}:UInt64}}";
    }

    public string Float64(double value)
    {
        var name = NextName();
        _parameters.Add(SqlParameter.Float64(name, value));
        return $"{{{name}:Float64}}";
    }

    /// <summary>A point in time as DateTime64(9). Later than the type can say is its latest.</summary>
    public string Time(ulong unixNano) => $"fromUnixTimestamp64Nano({Int64((long)Math.Min(unixNano, long.MaxValue))})";

    /// <summary>A list of texts as Array(String).</summary>
    public string Texts(IReadOnlyList<string> values)
    {
        var name = NextName();
        _parameters.Add(SqlParameter.Strings(name, values));
        return $"{{{name}:Array(String)}}";
    }

    /// <summary>A set of texts for the right side of IN.</summary>
    public string TextSet(IReadOnlyList<string> values) => $"(SELECT arrayJoin({Texts(values)}))";

    /// <summary>A set of points in time, as DateTime64(9), for the right side of IN.</summary>
    public string TimeSet(IReadOnlyList<ulong> unixNanos) => $"(SELECT fromUnixTimestamp64Nano(toInt64(arrayJoin({UInt64s(unixNanos)}))))";

    /// <summary>A set of points in time, as DateTime, for the right side of IN.</summary>
    public string SecondSet(IReadOnlyList<ulong> unixSeconds) => $"(SELECT toDateTime(arrayJoin({UInt64s(unixSeconds)})))";

    /// <summary>A set of ids for the right side of IN.</summary>
    public string IdSet(IReadOnlyList<ulong> ids) => $"(SELECT arrayJoin({UInt64s(ids)}))";

    public SqlStatement Build(QueryLimits limits) => new(_text.ToString(), [.. _parameters], limits);

    private string UInt64s(IReadOnlyList<ulong> values)
    {
        var name = NextName();
        _parameters.Add(SqlParameter.UInt64s(name, values));
        return $"{{{name}:Array(UInt64)}}";
    }

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"p{_parameters.Count}");
}
