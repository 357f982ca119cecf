using System.Globalization;
using Otelier.Signals;

namespace Otelier.Server.Http;

/// <summary>How many rows a search finds in all.</summary>
/// <param name="Count">The number, or the limit up to which is counted; <see langword="null"/> where counting took too long.</param>
/// <param name="Warning">What is to be said of it.</param>
internal sealed record SearchTotal(ulong? Count, Warning? Warning)
{
    /// <summary>What a store's count is to a client.</summary>
    public static SearchTotal Of(ulong? counted) => counted switch
    {
        null => new SearchTotal(
            null, new Warning(Warning.Capped, $"The total could not be counted within {SearchLimits.CountTimeMax.TotalSeconds} s.")),
        > SearchLimits.CountedRowsMax => new SearchTotal(
            SearchLimits.CountedRowsMax,
            new Warning(Warning.Capped, string.Create(CultureInfo.InvariantCulture, $"There are more than {SearchLimits.CountedRowsMax}; only so many are counted."))),
        _ => new SearchTotal(counted, null),
    };
}
