using Otelier.Signals.Filters;

namespace Otelier.Signals;

/// <summary>A question for all matching rows, newest first.</summary>
/// <param name="Tenant">Whose rows.</param>
/// <param name="Range">Their time, as in a search.</param>
/// <param name="Filter">What holds for them; <see langword="null"/> for all.</param>
public sealed record ExportQuery(TenantId Tenant, TimeRange Range, Filter? Filter);
