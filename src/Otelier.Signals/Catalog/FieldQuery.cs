namespace Otelier.Signals.Catalog;

/// <summary>A question for the attributes of a signal, most frequent first.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Signal">Of which signal.</param>
/// <param name="Range">When they were received; widened to whole days (UTC).</param>
/// <param name="Levels">Where they stand.</param>
/// <param name="Prefix">How their keys begin; empty for all.</param>
/// <param name="Limit">Most of them, 1 to <see cref="SearchLimits.PageRowsMax"/>.</param>
public sealed record FieldQuery(TenantId Tenant, Signal Signal, TimeRange Range, IReadOnlyList<AttributeLevel> Levels, string Prefix, int Limit);
