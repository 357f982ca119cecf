namespace Otelier.Signals.Filters;

/// <summary>Why a filter cannot be understood.</summary>
/// <param name="Message">What is wrong, where, and what was expected instead; for people.</param>
/// <param name="Position">The character of the text at which it is wrong, counted from 1; 0 in the structured form, whose messages name the rule.</param>
public sealed record FilterError(string Message, int Position);
