namespace Otelier.Signals;

/// <summary>In what way an answer is less than, or other than, what was asked for.</summary>
/// <param name="Code">For programs: one of the constants of this type, which never change.</param>
/// <param name="Message">For people; may change.</param>
public sealed record Warning(string Code, string Message)
{
    /// <summary>There is more than the answer shows or counts: a limit was reached.</summary>
    public const string Capped = "capped";

    /// <summary>The range that was answered is longer than the one asked for.</summary>
    public const string RangeWidened = "range-widened";

    /// <summary>The range that was answered is shorter than the one asked for.</summary>
    public const string RangeNarrowed = "range-narrowed";

    /// <summary>Numbers of the answer are estimates.</summary>
    public const string Estimated = "estimated";

    /// <summary>Values of the answer are cut off.</summary>
    public const string Truncated = "truncated";

    /// <summary>A part of what was asked for cannot be answered for this data.</summary>
    public const string NotApplicable = "not-applicable";

    /// <summary>Spans of a trace were their own ancestors; the circle was cut.</summary>
    public const string Cycle = "cycle";

    /// <summary>Something is stored more than once and shown once.</summary>
    public const string Duplicates = "duplicates";

    /// <summary>The span that the answer was to be around is not there.</summary>
    public const string SpanNotFound = "span-not-found";
}
