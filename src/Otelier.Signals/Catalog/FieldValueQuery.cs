using Otelier.Signals.Filters;

namespace Otelier.Signals.Catalog;

/// <summary>A question for the values of a field, most frequent first.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Signal">Of which signal.</param>
/// <param name="Range">When they were received; widened to whole days (UTC).</param>
/// <param name="Field">An attribute, the service's name, or the name of spans or metrics.</param>
/// <param name="Prefix">How the values begin; empty for all.</param>
/// <param name="Limit">Most of them, 1 to <see cref="SearchLimits.PageRowsMax"/>.</param>
public sealed record FieldValueQuery(TenantId Tenant, Signal Signal, TimeRange Range, FilterField Field, string Prefix, int Limit);

/// <summary>A value of a field.</summary>
/// <param name="Text">As text.</param>
/// <param name="Count">How often it was seen. Of an attribute's values, of which a sample is kept, how often it was noted.</param>
public readonly record struct FieldValueInfo(string Text, ulong Count);
