namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>The engine's types as the schema spells them.</summary>
internal static class TypeNames
{
    public const string LowCardinality = "LowCardinality(String)";
    public const string Map = "Map(LowCardinality(String), String)";

    /// <summary>A map whose values repeat from row to row as its keys do.</summary>
    public const string RepeatedMap = "Map(LowCardinality(String), LowCardinality(String))";
    public const string Time = "DateTime64(9)";

    public static string ArrayOf(string type) => $"Array({type})";
}
