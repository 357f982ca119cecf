using Otelier.Signals.Filters;

namespace Otelier.Signals.Traces;

/// <summary>What is looked for among the spans of one trace. Where both are given, both must hold.</summary>
/// <param name="Filter">What holds for a matching span; <see langword="null"/> for anything.</param>
/// <param name="Text">A text in its name, its service's name, its status message or a value of its attributes, in any case.</param>
public sealed record TraceSearch(Filter? Filter, string? Text);
