using Otelier.Signals;
using Otelier.Signals.Filters;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>A map of attributes with the column that says the kinds of its values.</summary>
internal sealed record AttributeColumns(string Map, string Signature)
{
    /// <summary>One event's or link's, in a lambda over the arrays of an item's.</summary>
    public static AttributeColumns Element { get; } = new("element", "signature");

    /// <summary>The arguments of such a lambda.</summary>
    public static string ElementArguments { get; } = $"({Element.Map}, {Element.Signature})";

    /// <summary>The values as an array, as the schema spells what is indexed.</summary>
    public string Values => $"mapValues({Map})";
}

/// <summary>How a field of the protocol's own is kept.</summary>
internal enum FieldKind
{
    Text,
    Number,

    /// <summary>An enumeration, shown as a word of <see cref="FieldColumn.Words"/> or as its number.</summary>
    Word,

    /// <summary>A value of any kind, with a column for its signature.</summary>
    Typed,

    /// <summary>Several texts, of which one suffices.</summary>
    TextList,

    /// <summary>A condition: 0 or 1.</summary>
    Flag,

    /// <summary>A DateTime64(9), compared as nanoseconds since 1970.</summary>
    Time,
}

/// <summary>The column of a field.</summary>
/// <param name="Name">The column, as it stands in SQL.</param>
/// <param name="Kind">How the value is kept.</param>
/// <param name="Words">Of an enumeration the words of its numbers, from 0 on.</param>
/// <param name="Signature">Of a typed value the column of its signature.</param>
/// <param name="WordIndex">What an index knows the words of: the column, or the column in lower case; <see langword="null"/> without an index.</param>
internal sealed record FieldColumn(string Name, FieldKind Kind, IReadOnlyList<string>? Words = null, string? Signature = null, string? WordIndex = null);

/// <summary>A table that searches read: what its rows' time is, and where the filter's fields are.</summary>
/// <param name="Name">The table.</param>
/// <param name="Time">The DateTime64(9) column by which it is sorted and partitioned.</param>
/// <param name="ItemAttributes">The item's own attributes.</param>
/// <param name="Fields">The protocol's own fields it has.</param>
internal sealed record SearchedTable(
    string Name, string Time, AttributeColumns ItemAttributes, IReadOnlyDictionary<IntrinsicField, FieldColumn> Fields)
{
    /// <summary>Where a text without a field is looked for.</summary>
    public FieldColumn? FreeText => Fields.GetValueOrDefault(IntrinsicField.Body) ?? Fields.GetValueOrDefault(IntrinsicField.Name);

    public AttributeColumns ResourceAttributes { get; } = new("ResourceAttributes", "ResourceAttributesSignature");

    public AttributeColumns ScopeAttributes { get; } = new("ScopeAttributes", "ScopeAttributesSignature");

    /// <summary>The attributes of each of an item's events, as arrays of maps and of their signatures, where items have events.</summary>
    public AttributeColumns? EventAttributes { get; init; }

    /// <summary>The attributes of each of an item's links, likewise.</summary>
    public AttributeColumns? LinkAttributes { get; init; }

    /// <summary>The step of time by which the table is sorted before anything else but the tenant and the metric, where it is.</summary>
    public SortStep? Step { get; init; }

    /// <summary>Newest first, in SQL. It begins like the sort key, so that the engine reads and sorts no more than a step at a time.</summary>
    public string NewestFirst(TimeRange range) =>
        Step is { } step && SortStep.Covers(range) ? $"{step.Of(Time)} DESC, {Time} DESC" : $"{Time} DESC";

    /// <summary>The attributes that stand in one place, once per item; <see langword="null"/> of a place that this is not.</summary>
    public AttributeColumns? SingleOf(AttributeScope scope) => scope switch
    {
        AttributeScope.Item => ItemAttributes,
        AttributeScope.Resource => ResourceAttributes,
        AttributeScope.Scope => ScopeAttributes,
        _ => null,
    };

    /// <summary>The attributes that an item has several sets of; <see langword="null"/> where it has none.</summary>
    public AttributeColumns? SeveralOf(AttributeScope scope) => scope switch
    {
        AttributeScope.Event => EventAttributes,
        AttributeScope.Link => LinkAttributes,
        _ => null,
    };

    /// <summary>Whether the values of the item's and the resource's attributes may be indexed.</summary>
    public bool HasValueIndexes { get; init; }

    public static SearchedTable Spans { get; } = new(
        Tables.SpanTable.Table.Name,
        "Timestamp",
        new AttributeColumns("SpanAttributes", "SpanAttributesSignature"),
        new Dictionary<IntrinsicField, FieldColumn>
        {
            [IntrinsicField.ServiceName] = new("ServiceName", FieldKind.Text),
            [IntrinsicField.Name] = new("SpanName", FieldKind.Text),
            [IntrinsicField.Kind] = new("SpanKind", FieldKind.Word, Tables.SpanTable.Kinds),
            [IntrinsicField.Status] = new("StatusCode", FieldKind.Word, Tables.SpanTable.StatusCodes),
            [IntrinsicField.StatusMessage] = new("StatusMessage", FieldKind.Text),
            [IntrinsicField.DurationNanos] = new("Duration", FieldKind.Number),
            [IntrinsicField.TraceId] = new("TraceId", FieldKind.Text),
            [IntrinsicField.SpanId] = new("SpanId", FieldKind.Text),
            [IntrinsicField.ParentSpanId] = new("ParentSpanId", FieldKind.Text),
            [IntrinsicField.IsRoot] = new("ParentSpanId = ''", FieldKind.Flag),
            [IntrinsicField.EventName] = new("Events.Name", FieldKind.TextList),
            [IntrinsicField.LinkTraceId] = new("Links.TraceId", FieldKind.TextList),
            [IntrinsicField.ScopeName] = new("ScopeName", FieldKind.Text),
            [IntrinsicField.ScopeVersion] = new("ScopeVersion", FieldKind.Text),
            [IntrinsicField.Time] = new("Timestamp", FieldKind.Time),
        })
    {
        Step = SortStep.Second,
        HasValueIndexes = true,
        EventAttributes = new AttributeColumns("Events.Attributes", "Events.AttributesSignature"),
        LinkAttributes = new AttributeColumns("Links.Attributes", "Links.AttributesSignature"),
    };

    /// <summary>The log records of a store whose bodies are not indexed.</summary>
    public static SearchedTable Logs { get; } = LogsWith(LogBodyIndex.None);

    /// <summary>The log records of a store.</summary>
    public static SearchedTable LogsWith(LogBodyIndex index) => new(
        Tables.LogTable.Table.Name,
        "Timestamp",
        new AttributeColumns("LogAttributes", "LogAttributesSignature"),
        new Dictionary<IntrinsicField, FieldColumn>
        {
            [IntrinsicField.ServiceName] = new("ServiceName", FieldKind.Text),
            [IntrinsicField.TraceId] = new("TraceId", FieldKind.Text),
            [IntrinsicField.SpanId] = new("SpanId", FieldKind.Text),
            [IntrinsicField.SeverityNumber] = new("SeverityNumber", FieldKind.Number),
            [IntrinsicField.SeverityText] = new("SeverityText", FieldKind.Text),
            [IntrinsicField.Body] = new("Body", FieldKind.Typed, Signature: "BodySignature", WordIndex: WordsOfBody(index)),
            [IntrinsicField.EventName] = new("EventName", FieldKind.Text),
            [IntrinsicField.ScopeName] = new("ScopeName", FieldKind.Text),
            [IntrinsicField.ScopeVersion] = new("ScopeVersion", FieldKind.Text),
            [IntrinsicField.Time] = new("Timestamp", FieldKind.Time),
        })
    {
        Step = SortStep.Minute,
        HasValueIndexes = true,
    };

    // As the schema spells the indexes.
    private static string? WordsOfBody(LogBodyIndex index) => index switch
    {
        LogBodyIndex.Token => "Body",
        LogBodyIndex.Text => "lower(Body)",
        _ => null,
    };
}
