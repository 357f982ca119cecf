using Otelier.Signals.Filters;

namespace Otelier.Signals.Metrics;

/// <summary>A question about the series of one metric: their labels, themselves, or their exemplars.</summary>
/// <param name="Tenant">Whose series.</param>
/// <param name="Metric">The metric's name; series of every type it has are meant.</param>
/// <param name="Range">When they had points; of labels widened to whole days (UTC).</param>
/// <param name="Filter">What holds for them; <see langword="null"/> for all.</param>
/// <param name="Limit">Most values of a label, series of a page, or exemplars.</param>
/// <param name="After">The last series of the page before, or <see langword="null"/> for the first page.</param>
public sealed record SeriesQuery(TenantId Tenant, string Metric, TimeRange Range, Filter? Filter, int Limit, PageKey? After = null);

/// <summary>A label of some series.</summary>
/// <param name="Name">The attribute's key.</param>
/// <param name="IsOfResource">Whether the resource has it, or the point.</param>
/// <param name="ValueCount">How many different values there are.</param>
/// <param name="SeriesCount">How many series have it.</param>
/// <param name="Values">Values with the number of series that have them, the most first.</param>
public sealed record MetricLabel(
    string Name, bool IsOfResource, ulong ValueCount, ulong SeriesCount, IReadOnlyList<(string Value, ulong SeriesCount)> Values);

/// <summary>A series and when it was seen.</summary>
/// <param name="Series">The series.</param>
/// <param name="FirstSeenUnixNano">Its first point in the range; <see langword="null"/> where it has none there, only on the same day.</param>
/// <param name="LastSeenUnixNano">Its last point in the range.</param>
public sealed record SeriesSeen(SeriesDescription Series, ulong? FirstSeenUnixNano, ulong? LastSeenUnixNano);

/// <summary>An exemplar with the series it belongs to.</summary>
/// <param name="Series">The series; <see langword="null"/> where it is not stored any more.</param>
/// <param name="Exemplar">The exemplar.</param>
public sealed record SeriesExemplar(SeriesDescription? Series, Exemplar Exemplar);
