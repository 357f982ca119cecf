using Otelier.Signals.Columns;

namespace Otelier.Signals.Catalog;

/// <summary>What one line of the attribute catalog speaks of.</summary>
/// <param name="Tenant">Whose telemetry.</param>
/// <param name="Signal">In which signal.</param>
/// <param name="Level">Where in the signal.</param>
/// <param name="ServiceName">Which service sent it.</param>
/// <param name="Key">The attribute's key.</param>
/// <param name="Letter">The kind of its value.</param>
/// <param name="Value">A value that was seen, or empty on the line that counts the key itself.</param>
public readonly record struct CatalogLine(
    string Tenant, Signal Signal, AttributeLevel Level, string ServiceName, Utf8Name Key, AttributeLetter Letter, string Value);
