namespace Otelier.Signals.Analytics;

/// <summary>The named limits of questions about many rows at once.</summary>
public static class AnalyticsLimits
{
    /// <summary>Most aggregates of one question.</summary>
    public const int AggregatesMax = 10;

    /// <summary>Most fields to group by.</summary>
    public const int GroupFieldsMax = 4;

    /// <summary>Groups of an answer where the caller names no number.</summary>
    public const int GroupsDefault = 20;

    /// <summary>Most groups of an answer.</summary>
    public const int GroupsMax = 1000;

    /// <summary>Most different groups that a store keeps while it counts; rows of further groups are left out.</summary>
    public const int GroupsCountedMax = 200_000;

    /// <summary>Most steps of time.</summary>
    public const int StepsMax = 11_000;

    /// <summary>Most points of an answer, over all its series.</summary>
    public const int PointsMax = 1_000_000;

    /// <summary>Most values that <c>top</c> gives.</summary>
    public const int TopMax = 100;

    /// <summary>Up to so many different values <c>distinct</c> is exact.</summary>
    public const int DistinctExactMax = 65_536;

    /// <summary>Most fields of which facets are counted at once.</summary>
    public const int FacetFieldsMax = 20;

    /// <summary>Values of a facet where the caller names no number.</summary>
    public const int FacetValuesDefault = 10;

    /// <summary>Most values of a facet.</summary>
    public const int FacetValuesMax = 100;

    /// <summary>More matching rows than these are sampled for facets.</summary>
    public const int FacetRowsMax = 2_000_000;

    /// <summary>About so many rows of each side are looked at when a selection is compared with its baseline.</summary>
    public const int ComparedRowsMax = 10_000;

    /// <summary>Most pairs of a field and a value that a comparison takes from the store, those of most rows first.</summary>
    public const int ComparedPairsMax = 50_000;

    /// <summary>Most fields that a comparison answers.</summary>
    public const int ComparedFieldsMax = 50;

    /// <summary>Most values of a field that a comparison answers.</summary>
    public const int ComparedValuesMax = 10;

    /// <summary>Values longer than this, in bytes, are texts rather than categories and are not compared.</summary>
    public const int ComparedValueBytesMax = 256;
}
