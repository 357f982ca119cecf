using Otelier.Signals.Filters;

namespace Otelier.Signals.Analytics;

/// <summary>The rows that a question is about.</summary>
/// <param name="Tenant">Whose rows.</param>
/// <param name="Signal"><see cref="Signal.Traces"/>, whose rows are spans, or <see cref="Signal.Logs"/>.</param>
/// <param name="Range">Their time, as in a search.</param>
/// <param name="Filter">What holds for them; <see langword="null"/> for all.</param>
public sealed record Selection(TenantId Tenant, Signal Signal, TimeRange Range, Filter? Filter);

/// <summary>A field with the name by which it was asked for, which is its name in the answer.</summary>
public sealed record NamedField(string Name, FilterField Field);
